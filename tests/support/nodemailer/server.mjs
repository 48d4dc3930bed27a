// nodemailer's smtp-server for tests, started by nodemailer.rs. The first line of standard input is its
// configuration, the first line of standard output its port. It ends when standard input does.
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { SMTPServer } from "smtp-server";

const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => serve(JSON.parse(line)));
lines.once("close", () => process.exit());

function serve({ key, cert, user, token, messages }) {
  const server = new SMTPServer({
    key,
    cert,
    name: "localhost",
    authMethods: ["XOAUTH2"],
    hideENHANCEDSTATUSCODES: false,
    // The name of whoever connects is of no use here, and asking for it could leave this computer.
    disableReverseLookup: true,
    onAuth({ username, accessToken }, _session, answer) {
      if (username === user && accessToken === token) answer(null, { user });
      else answer(null, { data: { status: "401", schemes: "bearer", scope: "https://outlook.office365.com/" } });
    },
    onData(stream, { user, envelope }, answer) {
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        const message = {
          user,
          from: envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString("base64"),
        };
        // Written before the reply: whoever reads the 250 finds the message in the file.
        appendFileSync(messages, `${JSON.stringify(message)}\n`);
        answer(null, "Kept");
      });
    },
  });
  // A client that gives up on the handshake is a test's affair, not a reason to end.
  server.on("error", (error) => console.error(error.message));
  const listener = server.listen(0, "127.0.0.1", () => console.log(listener.address().port));
}
