# syntax=docker/dockerfile:1
# One image for api and worker; docker-compose.yml starts it twice. Built pages and workflow bundle are inside.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:24-bookworm-slim
# Characters of family registers that Noto Sans JP lacks (docs/adr/0011).
RUN apt-get update && apt-get install -y --no-install-recommends fonts-ipamj-mincho && rm -rf /var/lib/apt/lists/*
# MALLOC_…: glibc gives each thread of Temporal's core an arena of its own and hardly ever hands memory back (ADR 0015).
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=65536 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    TZ=Asia/Tokyo \
    HOST=0.0.0.0 \
    PORT=3000 \
    UI_DIR=/app/dist/ui \
    WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js
ARG BUILD_ID=unknown
ENV WORKER_BUILD_ID=${BUILD_ID}
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
USER node
EXPOSE 3000
# The worker overrides this in docker-compose.yml: it serves no pages.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/api.js"]
