import type { Applied } from '../../../routing/policies.ts';
import type { BasicAuth } from '../../../routing/policies/basic-auth.ts';
import { askerText, causesOf } from '../asking.ts';
import type { Effect, OnTheWay } from '../explainer.ts';
import { headerOf } from '../request-headers.ts';

/** Whether a request brings a name and a password, which nobody checks here. */
export function checkPassword({ asks, from }: Applied<BasicAuth>, { request, routing }: OnTheWay): Effect {
  const causes = causesOf(from);
  const asker = askerText(from[0]);
  const realm = asks.realm === '' ? '' : `, realm "${asks.realm}"`;
  const sent = headerOf('Authorization', request, routing);
  if (sent !== undefined && isBasic(sent)) {
    return {
      name: 'auth',
      verdict: 'assumed',
      text: `the user name and password in Authorization are taken for right (${asker}${realm})`,
      details: ['they are not checked here; wrong ones get 401', 'backends do not get the Authorization header'],
      causes,
      requestHeaders: [{ name: 'Authorization', value: '' }],
    };
  }
  const reason =
    sent === undefined
      ? `${asker} asks for a password${realm}, and the request has no Authorization header`
      : `${asker} asks for a password${realm}, and the Authorization header is not one of basic authentication`;
  return {
    name: 'auth',
    verdict: 'answered',
    text: reason,
    causes,
    answer: { status: 401, reason },
    advice: [
      ...preflightAdvice(request),
      `Send a user name and a password of the Secret: -H 'Authorization: Basic …', as curl -u user does`,
    ],
  };
}

/** Browsers send no password with a preflight. */
function preflightAdvice({ method }: OnTheWay['request']): readonly string[] {
  if (method !== 'OPTIONS') return [];
  return [
    'If this is a CORS preflight, set enable-cors: "true": nginx then answers preflights before it asks for a password',
  ];
}

/** Source: nginx, ngx_http_auth_basic_user. */
function isBasic(value: string): boolean {
  const [, encoded = ''] = /^basic +(.*)$/i.exec(value) ?? [];
  const [text = ''] = /^[A-Za-z0-9+/]*(?==*$)/.exec(encoded) ?? [];
  return text !== '' && text.length % 4 !== 1 && atob(text).includes(':');
}
