import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { z } from 'zod';
import type { DataDir } from './data-dir.ts';
import { StartError } from './start-error.ts';

/** Whether nothing listens on the port of this machine's loopback addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no such address; nothing listens there then.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/**
 * Below the ports that operating systems give to outgoing connections (Linux from 32768 on, others from 49152): one that is free
 * stays so until somebody asks for it by its number. Steps leave room for the other ports of a system (`offsets`).
 */
const CHOSEN = { from: 10_240, to: 32_000, step: 16 } as const;
const given = new Set<number>();

/** A port that is free now, and that this process has given to nobody. */
export async function freePort(): Promise<number> {
  const { from, to, step } = CHOSEN;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = from + step * randomInt((to - from) / step);
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no port between ${String(from)} and ${String(to)} is free`);
}

/** Every port of the system on one machine, with the place after the application's port where each is tried first. */
const offsets = {
  mailPage: 1,
  temporalUi: 2,
  kintone: 3,
  smtp: 4,
  temporal: 5,
  postgres: 6,
  worker: 7,
} as const;

const portsSchema = z.object({
  http: z.number().int(),
  mailPage: z.number().int(),
  temporalUi: z.number().int(),
  kintone: z.number().int(),
  smtp: z.number().int(),
  temporal: z.number().int(),
  postgres: z.number().int(),
  worker: z.number().int(),
});

export type Ports = z.infer<typeof portsSchema>;

const standardPort = 3000;

/**
 * The ports to use, remembered in the data folder so that addresses stay over restarts. The application's own port is
 * never changed silently; another one that is taken by something else is replaced, and said.
 * @throws {StartError} when the application's port is in use
 */
export async function choosePorts(
  data: DataDir,
  asked: number | undefined,
  say: (sentence: string) => void,
): Promise<Ports> {
  const file = 'ports.json';
  const parsed = portsSchema.safeParse(await data.readJson(file));
  const before = parsed.success ? parsed.data : undefined;
  const http = asked ?? before?.http ?? standardPort;
  if (!(await isPortFree(http))) {
    throw new StartError(
      `ポート ${http} は別のプログラムが使っています。\n` +
        `  それを止めるか、npm start -- --port ${http === standardPort ? 4000 : http + 1000} のように別のポートを指定してください。`,
      `port ${http} is in use; choose another one with --port`,
    );
  }
  const ports: Ports = { ...(before ?? ({} as Ports)), http };
  const taken = new Set([http]);
  for (const [name, offset] of Object.entries(offsets) as [keyof typeof offsets, number][]) {
    const wanted = before?.[name] ?? http + offset;
    const usable = wanted <= 65_535 && !taken.has(wanted) && (await isPortFree(wanted));
    ports[name] = usable ? wanted : await freePort();
    if (!usable && before !== undefined) {
      say(`ポート ${wanted} が使われているため、${name} は ${ports[name]} にします (port in use)`);
    }
    taken.add(ports[name]);
  }
  await data.writeJson(file, ports);
  return ports;
}
