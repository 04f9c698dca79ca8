// A form with files is sent with its progress shown; the answer is a page like any other. Without this script the
// browser sends the same form by itself.
import { $, el } from './dom.js';

const percent = (done, all) => (all ? Math.floor((100 * done) / all) : 0);

function send(form) {
  const request = new XMLHttpRequest();
  const bar = el('progress', { max: 100, value: 0, id: 'upload-progress' });
  const words = el('label', { for: 'upload-progress' });
  const box = el('p', { class: 'note', role: 'status' });
  const button = form.querySelector('button');
  box.append(words, ' ', bar);
  form.querySelector('.actions').append(box);
  button.disabled = true;
  const say = (text) => { words.textContent = text; };
  const stop = (text) => { say(text); bar.remove(); button.disabled = false; };
  say('Sending');
  request.upload.addEventListener('progress', (event) => {
    bar.value = percent(event.loaded, event.total);
    say(event.loaded < event.total ? `Sending: ${bar.value} %` : 'Reading the files');
  });
  request.addEventListener('load', () => {
    if (!(request.getResponseHeader('Content-Type') ?? '').startsWith('text/html')) return stop('The answer could not be read. Send the files again.');
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    document.title = page.title;
    $('#main').replaceWith(document.adoptNode($('#main', page)));
    $('#main').focus();
  });
  request.addEventListener('error', () => stop('The connection was lost. Send the files again: what was taken is not taken twice.'));
  request.open('POST', form.action);
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll('form[data-upload]')) {
  form.addEventListener('submit', (event) => {
    if (![...form.querySelectorAll('input[type=file]')].some((input) => input.files.length)) return;
    event.preventDefault();
    send(form);
  });
}
