// comment.mjs SCRIPT: the script that posts the pull-request comment, against a forge that is made up here. What it
// reads was written by whoever opened the request.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const AsyncFunction = (async () => {}).constructor;
const script = new AsyncFunction(
  'github', 'context', 'core', 'require', 'process', fs.readFileSync(process.argv[2], 'utf8'));
const MARK = '<!-- gendan:pr v1 base=a head=b -->\n';
const HEAD = 'c'.repeat(40);
const bot = { login: 'github-actions[bot]', type: 'Bot' };

/** Runs the script once. Gives what it wrote, what it noted, and its error. */
async function run({ files = {}, links = {}, pull = {}, comments = [] }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gendan-comment-'));
  try {
    const all = { 'pr.txt': '12\n', 'comment.md': `${MARK}### ✅ ok\n`, ...files };
    for (const [name, text] of Object.entries(all)) {
      if (text !== null) fs.writeFileSync(path.join(folder, name), text);
    }
    for (const [name, to] of Object.entries(links)) fs.symlinkSync(to, path.join(folder, name));
    const did = { asked: [], created: [], updated: [], notes: [] };
    const issues = {
      listComments: 'listComments',
      createComment: async (given) => did.created.push(given),
      updateComment: async (given) => did.updated.push(given),
    };
    const github = {
      rest: {
        issues,
        pulls: {
          get: async (given) => {
            did.asked.push(given.pull_number);
            return { data: { state: 'open', head: { sha: HEAD, repo: { id: 7 } }, ...pull } };
          },
        },
      },
      paginate: async (what, given) => {
        assert.equal(what, 'listComments');
        assert.equal(given.issue_number, 12);
        return comments;
      },
    };
    const context = {
      repo: { owner: 'o', repo: 'r' },
      payload: { workflow_run: { head_sha: HEAD, head_repository: { id: 7 } } },
    };
    const core = { notice: (text) => { did.notes.push(text); } };
    const error = await script(
      github, context, core, createRequire(import.meta.url), { env: { FOLDER: folder } })
      .then(() => null, (reason) => reason);
    return { ...did, error };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
const silent = (did) => assert.deepEqual([did.created, did.updated], [[], []]);

// The plain case: one comment, then none more for the same text.
let did = await run({});
assert.equal(did.error, null);
assert.deepEqual(did.created, [{ owner: 'o', repo: 'r', issue_number: 12, body: `${MARK}### ✅ ok\n` }]);
did = await run({ comments: [{ id: 5, user: bot, body: `${MARK}### ✅ ok\n` }] });
silent(did);
assert.equal(did.error, null);

// A number that is none, another's, or a path: nothing is asked and nothing written.
for (const bad of ['', '12; rm -rf /', '../../12', '12\n13', '0', '-1', '1e3', '٣', '99999999999', '12\u0000']) {
  did = await run({ files: { 'pr.txt': bad } });
  assert.match(did.error.message, /holds no number/, JSON.stringify(bad));
  assert.deepEqual(did.asked, []);
  silent(did);
}
// Missing, too large, or a link to a file of the runner.
did = await run({ files: { 'pr.txt': null } });
assert.match(did.error.message, /not a file/);
did = await run({ files: { 'pr.txt': '1'.repeat(100) } });
assert.match(did.error.message, /too large/);
did = await run({ files: { 'comment.md': null }, links: { 'comment.md': '/etc/passwd' } });
assert.match(did.error.message, /not a file/);
silent(did);
did = await run({ files: { 'comment.md': MARK + 'x'.repeat(2 * 1024 * 1024) } });
assert.match(did.error.message, /too large/);
silent(did);
did = await run({ files: { 'comment.md': 'Please send your password' } });
assert.match(did.error.message, /no report/);
silent(did);

// Somebody else's request, one that moved on, and a closed one.
for (const [pull, note] of [
  [{ head: { sha: 'd'.repeat(40), repo: { id: 7 } } }, /another commit/],
  [{ head: { sha: HEAD, repo: { id: 8 } } }, /another repository/],
  [{ head: { sha: HEAD, repo: null } }, /another repository/],
  [{ state: 'closed' }, /closed/],
]) {
  did = await run({ pull });
  assert.equal(did.error, null);
  assert.match(did.notes.join(), note);
  silent(did);
}

// Only our own comment is edited, whoever else writes the mark.
const foreign = { id: 4, user: { login: 'mallory' }, body: `${MARK}mine` };
did = await run({ comments: [foreign, { id: 3, user: null, body: MARK }, { id: 6, user: bot, body: null }] });
assert.equal(did.created.length, 1);
did = await run({ comments: [foreign, { id: 5, user: bot, body: `${MARK}### ❌ <b>one\n` }] });
assert.deepEqual(did.updated.map((each) => each.comment_id), [5]);
assert.equal(
  did.updated[0].body,
  `${MARK}### ✅ ok\n\n\n<details><summary>以前的结论 / Earlier verdicts</summary>\n\n- ❌ bone\n\n</details>\n`);

// Earlier verdicts add up, newest first, ten at most.
let body = `${MARK}### v0\n`;
for (let turn = 1; turn <= 14; turn += 1) {
  const next = `${MARK}### v${turn}\n`;
  did = await run({ files: { 'comment.md': next }, comments: [{ id: 5, user: bot, body }] });
  body = did.updated[0].body;
}
assert.deepEqual(body.match(/^- v\d+$/gm), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4].map((n) => `- v${n}`));
did = await run({ files: { 'comment.md': `${MARK}### v14\n` }, comments: [{ id: 5, user: bot, body }] });
silent(did);

// Nobody is notified, nothing is loaded, no direction is turned.
did = await run({
  files: { 'comment.md': `${MARK}@boss ![x](https://e.example/p.png) <img src=x> < IMG src=x> \u202eabc\u001b[31m\r\nz` },
});
const quiet = did.created[0].body;
assert.ok(!/@boss|!\[|<\s*img|\u202e|\u001b|\r/i.test(quiet), quiet);
assert.ok(quiet.includes('boss') && quiet.endsWith('\nz'));

// Too long for the forge: cut at a line, folds closed, the old verdicts still there.
const row = '| GD26-0001 | 提单毛重 | 2,740 |\n';
const huge = `${MARK}### ❌ many\n<details><summary>all</summary>\n<details>\n\n${row.repeat(9000)}</details></details>\n`;
assert.ok(huge.length > 65536);
did = await run({ files: { 'comment.md': huge }, comments: [{ id: 5, user: bot, body: `${MARK}### ✅ before\n` }] });
const cut = did.updated[0].body;
assert.ok(cut.length <= 65536 && cut.length > 60000, String(cut.length));
assert.equal(cut.match(/<details/g).length, cut.match(/<\/details>/g).length);
assert.ok(cut.includes('cut, the rest is in the artifacts') && cut.includes('- ✅ before\n'));
assert.ok(cut.includes(`${row}\n</details>\n</details>`));
// One line without an end, of signs that take two code units.
did = await run({ files: { 'comment.md': `${MARK}x${'🚢'.repeat(60000)}` } });
assert.ok(did.created[0].body.length <= 65536);
assert.ok(did.created[0].body.isWellFormed ? did.created[0].body.isWellFormed() : true);

console.log('comment.mjs: passed');
