import { describe, expect, it } from 'vitest';
import { MAIL_TEMPLATES } from '../application/effects.ts';
import { procedureOf } from '../procedures/registry.ts';
import { LOCALES } from '../texts/locale.ts';
import { mailContent } from './content.ts';
import { renderMail } from './render.ts';
import { exampleFacts } from './preview.ts';

const footer = '新BOP学童クラブ 手続き窓口\n電話 03-0000-0000（平日 9時から17時まで）';
const admission = procedureOf('admission')!;

describe('mails', () => {
  it.each(MAIL_TEMPLATES)('%s says in every language what to do', (template) => {
    for (const locale of LOCALES) {
      const facts = exampleFacts(template, admission);
      const { subject, text, html } = renderMail(mailContent(template, facts, locale), footer, 'ja');
      expect(subject).toContain('新BOP学童クラブ');
      expect(text).toContain(facts.receiptNumber);
      expect(text).toContain(facts.url);
      expect(html).toContain(facts.url);
      expect(text).toContain('03-0000-0000');
      expect(`${subject}${text}${html.replace(/<[^>]*style="[^"]*"[^>]*>/g, '')}`).not.toMatch(
        /[{}]|undefined/,
      );
    }
  });

  it('lists what is missing, the note and the deadline with its weekday', () => {
    const facts = exampleFacts('deficiencyRequested', admission);
    const { text } = renderMail(mailContent('deficiencyRequested', facts, 'ja'), footer, 'ja');
    expect(text).toMatchInlineSnapshot(`
      "申請を確認したところ、次の点について、修正または追加の書類が必要です。期限までに、下のリンクから回答してください。

      受付番号：A27-000123-4
      手続き：入会申請
      回答の期限：2026年12月1日（火）

      1. その他の書類
         入力内容に確認が必要な点があります。説明を読み、正しい内容を入力してください。
         担当からの説明：右下の証明日が写っていません。

      回答する
      https://gakudo.example.jp/applications/00000000-0000-4000-8000-000000000000

      ――――――――――――――――――――

      新BOP学童クラブ 手続き窓口
      電話 03-0000-0000（平日 9時から17時まで）
      "
    `);
  });

  it('tells of all that was filed in one go, each with its number', () => {
    const facts = {
      ...exampleFacts('received', admission),
      url: 'https://gakudo.example.jp/applications',
      together: [
        { receiptNumber: 'A27-000123-4', procedure: admission.name },
        { receiptNumber: 'A27-000124-1', procedure: admission.name },
        { receiptNumber: 'B27-000015-6', procedure: procedureOf('extendedUse')!.name },
      ],
    };
    for (const locale of LOCALES) {
      const { text } = renderMail(mailContent('received', facts, locale), footer, 'ja');
      for (const { receiptNumber } of facts.together) expect(text.split(receiptNumber)).toHaveLength(2);
      expect(text).not.toMatch(/[{}]|undefined/);
    }
    const { text } = renderMail(mailContent('received', facts, 'ja'), footer, 'ja');
    expect(text).toContain('延長利用申請：B27-000015-6');
  });

  it('escapes what people write', () => {
    const facts = {
      ...exampleFacts('deficiencyRequested', admission),
      items: [{ what: { ja: '書類' }, reason: { ja: 'a & b' }, note: '<script>alert("x")</script>' }],
    };
    const { html } = renderMail(mailContent('deficiencyRequested', facts, 'ja'), footer, 'ja');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&#60;script&#62;');
  });
});
