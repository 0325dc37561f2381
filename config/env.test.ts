import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './env.ts';
import { variables } from './variables.ts';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');

const good = {
  PUBLIC_URL: 'http://localhost:3000/',
  DATABASE_URL: 'postgresql://u:p@localhost:5432/gakudo',
  TEMPORAL_ADDRESS: 'localhost:7233',
  TEMPORAL_UI_URL: 'http://localhost:8233/',
  KINTONE_BASE_URL: 'http://localhost:8300',
  KINTONE_USERNAME: 'admin',
  KINTONE_PASSWORD: 'secret',
  SMTP_URL: 'smtp://localhost:1025',
  MAIL_FROM: '窓口 <gakudo@example.test>',
  MAIL_FOOTER: '窓口\\n電話 03-0000-0000',
  DATA_KEYS: `b:${key(2)},a:${key(1)}`,
  SESSION_SECRET: 's'.repeat(32),
};

function problems(env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('arranges what it is given, with standards for the rest', () => {
    const config = loadConfig(good);
    expect(config.http).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      trustProxy: false,
      uiDir: 'dist/ui',
      uploadMaxBytes: 10 * 1024 * 1024,
      limits: { requestsPerMinute: 1200, sensitivePerMinute: 60 },
      metricsPort: 0,
    });
    expect(config.dataKeys.map((one) => one.id)).toEqual(['b', 'a']);
    expect(config.mail.footer).toBe('窓口\n電話 03-0000-0000');
    expect(config.codec).toEqual({ enabled: true, allowedOrigins: ['http://localhost:8233'] });
    expect(config.temporal.tls).toBeUndefined();
    expect(config.kintone.appIds).toEqual({});
  });

  it('names every required variable that is missing, in both languages', () => {
    const required = Object.entries(variables)
      .filter(([, { schema }]) => !schema.safeParse(undefined).success)
      .map(([name]) => name);
    const said = problems({});
    expect(required).toContain('DATABASE_URL');
    for (const name of required)
      expect(said.some((line) => line.startsWith(`${name} がありません`))).toBe(true);
    expect(said.join('\n')).toContain('PostgreSQL connection URL');
  });

  it('takes an empty variable as missing', () => {
    expect(problems({ ...good, DATABASE_URL: ' ' })).toEqual([
      expect.stringMatching(/^DATABASE_URL がありません/),
    ]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/x', /postgresql:\/\//],
    ['PORT', '70000', /65535/],
    ['PORT', '80a', /whole number/],
    ['TEMPORAL_ADDRESS', 'http://localhost:7233', /host:port/],
    ['KINTONE_APP_IDS', '[1]', /JSON object/],
    ['DATA_KEYS', 'a:c2hvcnQ=', /"a" is not 32 bytes/],
    ['DATA_KEYS', `a:${key(1)},a:${key(2)}`, /twice/],
    ['SESSION_SECRET', 'short', /32 characters/],
    ['MAIL_FROM', 'nobody', /mail address/],
    ['CODEC_ALLOWED_ORIGINS', 'https://a.example/path', /origins/],
    ['LOG_LEVEL', 'loud', /log level/],
  ])('says what is wrong with %s=%s', (name, value, message) => {
    expect(problems({ ...good, [name]: value })).toEqual([expect.stringMatching(message)]);
  });

  it('never repeats a secret in a message', () => {
    const bad = Buffer.from('top-secret-value').toString('base64');
    const said = problems({ ...good, DATA_KEYS: `a:${bad}`, SESSION_SECRET: 'my-short-secret' }).join('\n');
    expect(said).not.toContain(bad);
    expect(said).not.toContain('my-short-secret');
  });

  it('wants some way to sign in to kintone, and both halves of it', () => {
    expect(problems({ ...good, KINTONE_USERNAME: '', KINTONE_PASSWORD: '' }).join()).toContain(
      'KINTONE_API_TOKENS',
    );
    expect(problems({ ...good, KINTONE_PASSWORD: '' }).join()).toContain(
      'KINTONE_USERNAME と KINTONE_PASSWORD',
    );
    const tokens = {
      ...good,
      KINTONE_USERNAME: '',
      KINTONE_PASSWORD: '',
      KINTONE_API_TOKENS: '{"application":"t"}',
    };
    expect(loadConfig(tokens).kintone.apiTokens).toEqual({ application: 't' });
  });

  it('refuses in production what is only good for trying', () => {
    const said = problems({ ...good, NODE_ENV: 'production', CODEC_ENABLED: 'false' }).join('\n');
    expect(said).toContain('PUBLIC_URL は本番では https');
    expect(said).toContain('KINTONE_BASE_URL は本番では https');
    expect(said).toContain('WORKFLOW_BUNDLE');
    expect(said).toContain('CODEC_ENABLED=false');
  });

  it('reads a value from the file that NAME_FILE names', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'gakudo-config-'));
    try {
      writeFileSync(path.join(dir, 'secret'), `${'x'.repeat(40)}\n`);
      const env = { ...good, SESSION_SECRET: undefined, SESSION_SECRET_FILE: path.join(dir, 'secret') };
      expect(loadConfig(env).sessionSecret).toBe('x'.repeat(40));
      const missing = { ...env, SESSION_SECRET_FILE: path.join(dir, 'none') };
      expect(problems(missing).join('\n')).toContain('SESSION_SECRET_FILE のファイルを読めません');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
