# Two images. `rig` is what polecats work in; `town` is the app itself and stands last, because a runner that builds
# this file without naming a target takes the last stage.
ARG BASE=node:24-bookworm-slim

# --- rig: a static busybox (for images that lack tools), git, search, Python with pytest, Node with npm, make and a C/C++ compiler; one user who is not root --------
FROM ${BASE} AS rig
ENV LANG=C.UTF-8
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    busybox-static \
    ca-certificates \
    file \
    g++ \
    gcc \
    git \
    jq \
    less \
    libc6-dev \
    make \
    patch \
    procps \
    python3 \
    python3-pip \
    python3-pytest \
    python3-venv \
    ripgrep \
    sqlite3 \
    unzip \
    xz-utils \
  && ln -sf python3 /usr/bin/python \
  && rm -rf /var/lib/apt/lists/*
# The base brings a user `node` with uid 1000; the sandbox's own user takes that number.
RUN if id node >/dev/null 2>&1; then userdel --remove node; fi \
  && useradd --uid 1000 --create-home --home-dir /home/agent --shell /bin/bash agent \
  && install --directory --owner agent --group agent /workspace
COPY docker/certs/ /usr/local/share/ca-certificates/
RUN update-ca-certificates
# Programs with a bundle of their own are pointed at the system's one, which holds the certificates above too.
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
  SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
  PIP_CERT=/etc/ssl/certs/ca-certificates.crt
USER agent
WORKDIR /workspace
CMD ["sleep", "infinity"]

# --- town: the app -----------------------------------------------------------------------------------------------
# No USER: a container action must be able to use the runner's engine socket, which belongs to root.
FROM ${BASE} AS town
# Anywhere else than in a container action, `docker/town-entry` goes on as the user `town`.
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/*
COPY docker/certs/ /usr/local/share/ca-certificates/
RUN update-ca-certificates
RUN useradd --uid 10001 --create-home --home-dir /home/town --shell /usr/sbin/nologin town \
  && install --directory --owner town --group town /data
ENV NODE_ENV=production \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
  SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
  HOST=0.0.0.0 \
  GASTOWN_DATA=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY . .
# The published sandbox image, by digest: what is published pulls it by the runner's socket and builds nothing.
ARG RIG=
ENV GASTOWN_RIG=${RIG}
RUN ln -s /app/bin/gastown /usr/local/bin/gastown
# What each part of the program compiles is kept in the image: a job of the Action starts in little more than half the time.
RUN gastown --help >/dev/null; gastown serve --help >/dev/null; GITHUB_ACTIONS=true gastown action >/dev/null 2>&1; \
  test -n "$(ls node_modules/.cache/gastown)"
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "/app/docker/healthcheck.js"]
ENTRYPOINT ["/app/docker/town-entry"]
CMD ["serve"]
