# Any image with Python 3.11 or newer, its pip and venv.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN python3 -m venv --without-pip /venv \
    && python3 -m pip --python /venv/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r requirements-uv.lock \
    && /venv/bin/uv pip sync --no-build --python /venv/bin/python --no-cache --compile-bytecode --require-hashes requirements.lock \
    && /venv/bin/uv pip uninstall --python /venv/bin/python uv
COPY bot bot
COPY cogs cogs
COPY corpus corpus
# The texts' index, so that the first answer need not wait for it.
RUN /venv/bin/python -m compileall -q bot cogs corpus \
    && /venv/bin/python -m corpus build corpus/shipped /data/index

FROM ${BASE}
RUN groupadd --gid 1917 smolny \
    && useradd --uid 1917 --gid smolny --home-dir /data --no-create-home smolny
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY --from=build --chown=smolny:smolny /data /data
WORKDIR /app
# Where SQLite puts what it sorts: nothing else may be written to.
ENV PYTHONUNBUFFERED=1 DATA_DIR=/data TMPDIR=/data METRICS_PORT=9464
USER 1917:1917
VOLUME /data
STOPSIGNAL SIGTERM
# Without METRICS_PORT there is nothing to ask, and all is taken to be well. No proxy stands between it and itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/venv/bin/python", "-c", "import os, urllib.request as web; port = os.environ.get('METRICS_PORT'); port and web.build_opener(web.ProxyHandler({})).open(f'http://127.0.0.1:{port}/healthz', timeout=4)"]
ENTRYPOINT ["/venv/bin/python", "-m", "bot"]
