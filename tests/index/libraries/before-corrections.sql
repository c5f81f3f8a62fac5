BEGIN TRANSACTION;
CREATE TABLE article (
	id VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	"key" TEXT NOT NULL, 
	added_at VARCHAR NOT NULL, 
	added_by VARCHAR, 
	removed_at VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (owner, "key")
);
INSERT INTO "article" VALUES('c2eaec9f8827','shared','url:https://example.org/1','2026-11-25T01:16:18+00:00',NULL,NULL);
INSERT INTO "article" VALUES('0be578a5be9b','42','title:zeiss and vivo|the gazette|2021-05-16','2026-11-25T01:16:18+00:00',NULL,NULL);
CREATE TABLE claim (
	id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	owner VARCHAR NOT NULL, 
	a TEXT NOT NULL, 
	b TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	standing VARCHAR NOT NULL, 
	negated BOOLEAN NOT NULL, 
	scope TEXT, 
	"exclusive" BOOLEAN, 
	said_by TEXT, 
	holds_from VARCHAR, 
	holds_until VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(revision_id) REFERENCES revision (id)
);
INSERT INTO "claim" VALUES(1,1,'shared','Huawei','Leica',0,33,'running','reported',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(2,2,'42','Zeiss','vivo',0,22,'running','reported',0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
INSERT INTO "meta" VALUES('model','hashing@1');
INSERT INTO "meta" VALUES('passages','1');
INSERT INTO "meta" VALUES('claims','1c385abb1e8f1bdd');
CREATE TABLE passage (
	id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	owner VARCHAR NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	vector BLOB NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(revision_id) REFERENCES revision (id)
);
INSERT INTO "passage" VALUES(1,1,'shared',0,33,X'0000000000000000000000000000000000000000000000000000000000000000000028370000000000000000000000000000000000000000000000000000000000002837000000000000283700002837000000000000000000000000000000000000000000000000000000000000000028370000000000000000000000000000');
INSERT INTO "passage" VALUES(2,2,'42',0,22,X'0000000000380000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000003800000000003800000000000000000000000000000000000000000000000000000000000000000000000000380000000000000000000000000000');
CREATE TABLE quota (
	user VARCHAR NOT NULL, 
	hour INTEGER NOT NULL, 
	questions INTEGER NOT NULL, 
	PRIMARY KEY (user, hour)
);
CREATE TABLE revision (
	id INTEGER NOT NULL, 
	article_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	url TEXT, 
	publisher TEXT, 
	published VARCHAR, 
	author TEXT, 
	sources TEXT NOT NULL, 
	text TEXT NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	text_hash VARCHAR NOT NULL, 
	names TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article_id) REFERENCES article (id)
);
INSERT INTO "revision" VALUES(1,'c2eaec9f8827',1,'Leica and Huawei','https://example.org/1','The Gazette','2021-05-16',NULL,'[]','Leica works together with Huawei.','75221631400dcf5710f93383cfdcb4dae48017fdcecbd57e333976ab031707a9','408eb7272ee460a4eed3f0e1246cc78ffbcaaeed75b90ec4b82cabff50ced915','["Huawei", "Leica"]');
INSERT INTO "revision" VALUES(2,'0be578a5be9b',1,'Zeiss and vivo',NULL,'The Gazette','2021-05-16',NULL,'[]','Zeiss works with vivo.','8d30ae466a064e8dd4d329bbaa32964c80f6a83de46b02ea3b5b062ca545b82f','538b31908a3531317e9aeebd21394ea94b55d6cbfe90c51b207edf72a96cee4e','["Zeiss", "vivo"]');
CREATE TABLE segment (
	owner VARCHAR NOT NULL, 
	generation INTEGER NOT NULL, 
	PRIMARY KEY (owner)
);
INSERT INTO "segment" VALUES('shared',1);
INSERT INTO "segment" VALUES('42',1);
CREATE INDEX ix_revision_article_id ON revision (article_id);
CREATE INDEX passage_owner ON passage (owner);
CREATE INDEX ix_passage_revision_id ON passage (revision_id);
CREATE INDEX ix_claim_revision_id ON claim (revision_id);
CREATE INDEX claim_owner ON claim (owner);
COMMIT;
