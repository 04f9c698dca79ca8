// The text of a scorecard in an editor that colours, indents and marks lines. It stands in a shadow root, where its
// style sheets are adopted ones and the page's policy needs no exception.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { lua } from '@codemirror/legacy-modes/mode/lua';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, showPanel } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { el } from './dom.js';

// Marks are text and lines: the images that the library would use are data: addresses, which the policy refuses.
const looks = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--paper)', color: 'var(--ink)', fontSize: '.9rem' },
  '&.cm-focused': { outline: '3px solid var(--ring)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--blue-wash) 55%, transparent)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { background: 'var(--mark)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--blue-wash)', outline: '1px solid var(--blue)' },
  '.cm-panels': { backgroundColor: 'var(--ground)', color: 'var(--soft)', borderColor: 'var(--line)' },
  '.cm-ways': { padding: '.25rem .6rem', font: '.92rem/1.4 system-ui, sans-serif' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--red)', textDecorationSkipInk: 'none', textUnderlineOffset: '.2em' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--red)' },
  '.cm-gutter-lint': { width: '1.3em' },
  '.cm-lint-marker': { width: 'auto', height: 'auto', textAlign: 'center' },
  '.cm-lint-marker-error': { content: 'normal' },
  '.cm-lint-marker-error::before': { content: '"!"', color: 'var(--red)', fontWeight: '700' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', color: 'var(--ink)', borderColor: 'var(--edge)', maxWidth: '40rem' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--red)' },
  '.tok-keyword, .tok-operatorKeyword': { color: 'var(--blue)', fontWeight: '600' },
  '.tok-string, .tok-string2': { color: 'var(--green)' },
  '.tok-number, .tok-bool, .tok-atom': { color: 'var(--customer)' },
  '.tok-comment': { color: 'var(--soft)', fontStyle: 'italic' },
});

const WAYS = 'Tab indents. Esc, then Tab, leaves the text. F8 next problem, Ctrl+Enter check, Ctrl+S save.';

function ways() {
  return { dom: el('div', { class: 'cm-ways', id: 'ways' }, WAYS) };
}

// -> { text(), set(text), mark(faults), go(line), focus(), top(), place } over `parent`.
export function openSource(parent, { text, label, onChange }) {
  const root = parent.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), bracketMatching(),
        highlightActiveLine(), indentUnit.of('  '), EditorState.tabSize.of(2), StreamLanguage.define(lua), syntaxHighlighting(classHighlighter),
        lintGutter(), looks, showPanel.of(ways),
        keymap.of([...defaultKeymap.filter((k) => !['Mod-Enter', 'Ctrl-Enter'].includes(k.key)), ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': 'ways', spellcheck: 'false' }),
        EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
      ],
    }),
  });

  const line = (n) => view.state.doc.line(Math.min(Math.max(1, n || 1), view.state.doc.lines));
  return {
    focus: () => view.focus(),
    set: (now) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } }),

    mark(faults) {
      const marks = faults.map(({ line: n, message }) => {
        const { from, to, text: words } = line(n);
        return { from: from + (words.length - words.trimStart().length), to, severity: 'error', message };
      });
      view.dispatch(setDiagnostics(view.state, marks.sort((a, b) => a.from - b.from)));
    },

    line: () => view.state.doc.lineAt(view.state.selection.main.head).number,
    go(n) {
      const { from, text: words } = line(n);
      const at = from + (words.length - words.trimStart().length);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
  };
}
