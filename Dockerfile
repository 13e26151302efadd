# Thư Ký in a container: built in one stage, run in another without compilers, as an ordinary user, with a read-only root if wanted.
# Only /data is written to: /data/corpus holds the documents, /data/index the index, conversations and keys.

FROM node:20.20.2-bookworm-slim AS build
# One package, hnswlib-node, is compiled while installing.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN npm ci --no-audit && npm prune --omit=dev --ignore-scripts --no-audit

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    THUKY_HOST=0.0.0.0 \
    THUKY_PORT=8080 \
    THUKY_CORPUS=/data/corpus \
    THUKY_INDEX=/data/index
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/models ./models
COPY --from=build /app/data ./data
COPY --from=build /app/dist ./dist
COPY --from=build --chown=node:node /app/corpus /data/corpus
RUN mkdir -p /data/index && chown -R node:node /data && ln -s /app/dist/cli/main.js /usr/local/bin/thuky
# The user node of the base image, by number for hosts that check it.
USER 1000:1000
VOLUME ["/data"]
EXPOSE 8080
# Ready means that model and index are loaded; the first start over a large corpus takes as long as its indexing.
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.THUKY_PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["thuky"]
CMD ["serve"]
