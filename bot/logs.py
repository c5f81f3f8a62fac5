"""Logs go to standard error: one event a line, as JSON where nobody watches."""

import logging
import sys

import structlog

_CHATTY = ("discord", "trafilatura", "htmldate", "courlan", "sentence_transformers", "transformers", "faiss", "bm25s")


def set_up_logs(level: str, *, as_json: bool) -> None:
    """Set up structlog, and let the libraries' own loggers speak of warnings only."""
    number = logging.getLevelNamesMapping()[level]
    logging.basicConfig(stream=sys.stderr, level=max(number, logging.WARNING), force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(number, logging.ERROR))
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
