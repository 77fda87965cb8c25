// A mail server that keeps what it is sent, so that a scenario can read the mail a person would get.
import { simpleParser } from 'mailparser';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** `refuse(address)` may return an error for a recipient, as a server with a full or unknown mailbox would. */
export async function startMailbox({ refuse } = {}) {
  const mails = [];
  const waiting = new Set();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, session, done) => done(refuse?.(address)),
    onData: async (stream, session, done) => {
      const mail = await simpleParser(stream, { skipImageLinks: true });
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        from: session.envelope.mailFrom.address,
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html || '',
        headers: mail.headers,
        attachments: mail.attachments,
        links: [...new Set((mail.text ?? '').match(/https?:\/\/[^\s<>"]+/g) ?? [])],
      });
      done();
      waiting.forEach((look) => look());
    },
  });
  server.on('error', () => {}); // a client that hangs up in the middle is not the scenario's affair
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address();

  return {
    port,
    mails,
    serveArgs: ['--smtp', `smtp://127.0.0.1:${port}`],

    /** The newest mail to this person whose subject matches, waiting for it if it has not come. */
    async to(address, { subject = /./, within = 20_000 } = {}) {
      const find = () => mails.findLast((mail) => mail.to.includes(address) && subject.test(mail.subject));
      return find() ?? new Promise((resolve, reject) => {
        const look = () => find() && (clearTimeout(timer), waiting.delete(look), resolve(find()));
        const timer = setTimeout(() => {
          waiting.delete(look);
          const came = mails.map((mail) => `${mail.to}: ${mail.subject}`).join('\n') || 'none';
          reject(new Error(`no mail to ${address} with subject ${subject} in ${within} ms. Mails that came:\n${came}`));
        }, within);
        waiting.add(look);
      });
    },

    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
