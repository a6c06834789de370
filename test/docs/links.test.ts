/** Links, anchors and file names in pages lead somewhere. Lab pages and the changelog are records: of them only links are looked at. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../structure/sources.ts';
import { pages, pageText, prose } from './pages.ts';

const PAGES = pages();

/** The anchor that a heading gets on the project's page: letters, digits, spaces as hyphens, a number when it is there already. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, title = ''] of prose(text).matchAll(/^#+ +(.+?) *$/gm)) {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let name = slug;
    for (let n = 1; anchors.has(name); n++) name = `${slug}-${n}`;
    anchors.add(name);
  }
  return anchors;
}

/** What is wrong with a link of a page; undefined = nothing. */
function wrong(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined) return undefined;
  if (!target.endsWith('.md')) return `${page}: ${link}: an anchor in what is no page`;
  return anchorsOf(pageText(target)).has(anchor) ? undefined : `${page}: ${link}: no such heading`;
}

function isRecord(page: string): boolean {
  return page === 'CHANGELOG.md' || (page.startsWith('docs/lab/') && page !== 'docs/lab/README.md');
}

describe('pages', () => {
  it('have links and pictures that lead somewhere, anchors included', () => {
    const links = PAGES.flatMap((page) =>
      [...prose(pageText(page)).matchAll(/\]\(([^)\s]+)\)/g)]
        .map((m) => m[1] ?? '')
        .filter((link) => !/^[a-z]+:/.test(link))
        .map((link) => ({ page, link })),
    );
    expect(links.length).toBeGreaterThan(80);
    expect(links.flatMap(({ page, link }) => wrong(page, link) ?? [])).toEqual([]);
  });

  it('name only files and folders that there are', () => {
    const named = PAGES.filter((page) => !isRecord(page)).flatMap((page) =>
      [...pageText(page).matchAll(/(?<![\w./-])(?:src|hal|sim|tools|test|docs|\.ci)\/[\w./-]*\w\/?/g)].map(
        (m) => ({ page, name: m[0] }),
      ),
    );
    const real = named.filter(({ name }) => !/\bNAME\b/.test(name));
    expect(real.length).toBeGreaterThan(40);
    expect(
      real.filter(({ name }) => !existsSync(join(ROOT, name))).map(({ page, name }) => `${page}: ${name}`),
    ).toEqual([]);
  });

  it('are all in the index', () => {
    const index = pageText('docs/README.md');
    const missing = PAGES.filter((page) => /^docs\/[\w-]+\.md$/.test(page) && page !== 'docs/README.md')
      .map((page) => page.slice('docs/'.length))
      .filter((page) => !index.includes(`(${page}`));
    expect(missing).toEqual([]);
    const lab = pageText('docs/lab/README.md');
    const records = PAGES.filter((page) => page.startsWith('docs/lab/') && isRecord(page));
    expect(records.filter((page) => !lab.includes(`(${page.slice('docs/lab/'.length)})`))).toEqual([]);
  });

  it('of the lab say that they are records, with their date', () => {
    for (const page of PAGES.filter((p) => p.startsWith('docs/lab/') && isRecord(p)))
      expect(pageText(page), page).toMatch(/^# Lab: .+\n\n\*A record, written \d{4}-\d\d-\d\d /);
  });

  it('begin with a README of at most 150 lines', () => {
    expect(pageText('README.md').split('\n').length - 1).toBeLessThanOrEqual(150);
    expect(statSync(join(ROOT, 'docs/img/session.svg')).size).toBeLessThan(150_000);
  });
});
