import type { AskedRequest } from '../answers/explain/model.ts';
import { readWritten } from './asked.ts';
import type { Written } from './asked.ts';
import { el } from './dom.ts';

export interface ExplainBox {
  readonly element: HTMLElement;
  /** Writes a URL into the box, and explains it. */
  readonly explain: (url: string) => void;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A box for a request, as a client would send it. */
export function createExplainBox(onAsk: (request: AskedRequest) => void, example: string): ExplainBox {
  const methods = METHODS.map(text => el('option', { text, attributes: { value: text } }));
  const method = el('select', { attributes: { id: 'ask-method', 'aria-label': 'Method' } }, methods);
  const texts = { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' };
  const url = el('input', { attributes: { ...texts, id: 'ask-url', inputmode: 'url', placeholder: example } });
  const more = moreOf(texts);
  const problem = el('p', { class: 'problem', attributes: { role: 'alert', id: 'ask-problem' } });
  problem.hidden = true;
  const written = (): Written => ({ method: method.value, url: url.value, ...more.written() });
  const ask = (): void => {
    const request = readWritten(written());
    const isWrong = 'problem' in request;
    problem.hidden = !isWrong;
    url.setAttribute('aria-invalid', String(isWrong));
    if (isWrong) problem.textContent = request.problem;
    else onAsk(request);
  };
  const element = el('form', { class: 'ask', attributes: { 'aria-label': 'Explain a request', novalidate: '' } }, [
    el('div', { class: 'ask-line' }, [
      el('label', { text: 'Explain a URL', attributes: { for: 'ask-url' } }),
      method,
      url,
      el('button', { class: 'action', text: 'Explain', attributes: { type: 'submit' } }),
    ]),
    problem,
    more.element,
  ]);
  element.addEventListener('submit', event => {
    event.preventDefault();
    ask();
  });
  return {
    element,
    explain(text) {
      method.value = 'GET';
      url.value = text;
      ask();
    },
  };
}

/** What few requests need. */
function moreOf(texts: Readonly<Record<string, string>>) {
  const headers = el('textarea', {
    attributes: {
      id: 'ask-headers',
      rows: '2',
      placeholder: 'X-Canary: always\nCookie: session=1',
      spellcheck: 'false',
    },
  });
  const clientIp = el('input', { attributes: { ...texts, id: 'ask-ip', placeholder: '203.0.113.7' } });
  const certificate = el('input', { attributes: { type: 'checkbox', id: 'ask-certificate' } });
  const element = el('details', { class: 'ask-more' }, [
    el('summary', { text: 'Headers, address of the client, client certificate' }),
    el('div', { class: 'ask-fields' }, [
      el('div', { class: 'field wide' }, [
        el('label', { text: 'Headers', attributes: { for: 'ask-headers' } }),
        headers,
      ]),
      el('div', { class: 'field' }, [el('label', { text: 'Client IP', attributes: { for: 'ask-ip' } }), clientIp]),
      el('div', { class: 'field check' }, [
        certificate,
        el('label', { text: 'shows a valid client certificate', attributes: { for: 'ask-certificate' } }),
      ]),
    ]),
  ]);
  const written = () => ({
    headers: headers.value,
    clientIp: clientIp.value,
    hasClientCertificate: certificate.checked,
  });
  return { element, written };
}
