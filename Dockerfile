# Rangefinder as an image: the bot, its model and the starter articles. The library lies in the volume /data.
FROM python:3.11-slim AS build
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /app
RUN python -m venv /venv
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY index ./index
COPY seeds ./seeds
RUN /venv/bin/pip install --no-cache-dir -c constraints.txt --index-url "$TORCH_INDEX" torch \
 && /venv/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 rangefinder && install -d -o rangefinder /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 RANGEFINDER_DATA_DIR=/data
USER rangefinder
WORKDIR /home/rangefinder
VOLUME /data
STOPSIGNAL SIGINT
ENTRYPOINT ["rangefinder"]
CMD ["run"]
