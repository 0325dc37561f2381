import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface GatewayMetrics {
  requested: (app: string, api: string, outcome: string, seconds: number) => void;
  batched: (records: number, requests: number) => void;
}

/** The gateway's counters, on a registry of prom-client; without one they count nothing. */
export function gatewayMetrics(
  registry: Registry | undefined,
  now: {
    running: () => number;
    waiting: () => number;
    limit: () => number;
    usedToday: () => ReadonlyMap<string, number>;
  },
): GatewayMetrics {
  if (!registry) return { requested: () => undefined, batched: () => undefined };
  const registers = [registry];
  const requests = new Counter({
    name: 'kintone_requests_total',
    help: 'Requests to kintone, by app, API and outcome (ok, retryable, conflict, final)',
    labelNames: ['app', 'api', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'kintone_request_seconds',
    help: 'How long kintone took, waiting for a place not counted',
    labelNames: ['api'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const records = new Histogram({
    name: 'kintone_batch_records',
    help: 'Records in one bulkRequest',
    buckets: [1, 2, 5, 10, 25, 50, 100, 200],
    registers,
  });
  new Gauge({
    name: 'kintone_requests_running',
    help: 'Requests to kintone under way in this process',
    registers,
    collect() {
      this.set(now.running());
    },
  });
  new Gauge({
    name: 'kintone_requests_waiting',
    help: 'Requests that wait for a place below the limit of this process',
    registers,
    collect() {
      this.set(now.waiting());
    },
  });
  new Gauge({
    name: 'kintone_requests_limit',
    help: 'Requests that this process may have under way: its share of what all processes together may',
    registers,
    collect() {
      this.set(now.limit());
    },
  });
  new Gauge({
    name: 'kintone_requests_of_day',
    help: 'Requests to kintone of the day (from 09:00 in Tokyo) by app, over all processes',
    labelNames: ['app'],
    registers,
    collect() {
      this.reset();
      for (const [app, count] of now.usedToday()) this.set({ app }, count);
    },
  });
  return {
    requested: (app, api, outcome, took) => {
      requests.inc({ app, api, outcome });
      seconds.observe({ api }, took);
    },
    batched: (count) => records.observe(count),
  };
}
