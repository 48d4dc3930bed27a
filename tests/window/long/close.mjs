// Closes the windows on a display as a person does, by their title bar. The driver cannot: it takes the page away and
// leaves the program. So this speaks as much of the X protocol (version 11) as a window manager needs for it: the
// message WM_DELETE_WINDOW of the WM_PROTOCOLS (ICCCM, section 4.2.8.1).
import { once } from "node:events";
import { connect } from "node:net";

const INTERN_ATOM = 16;
const QUERY_TREE = 15;
const SEND_EVENT = 25;
const CLIENT_MESSAGE = 33;

/** So many bytes, as soon as they are there. */
async function read(socket, length) {
  for (;;) {
    const bytes = socket.read(length);
    if (bytes) return bytes;
    if (socket.readableEnded) throw new Error("the display is gone");
    await once(socket, "readable");
  }
}

/** A request: operation code, its second byte, and numbers of 32 bits or text after the length. */
function request(code, second, ...parts) {
  const padded = (text) => Buffer.concat([Buffer.from(text), Buffer.alloc((4 - (text.length % 4)) % 4)]);
  const number = (value) => Buffer.from(Uint32Array.of(value).buffer);
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? padded(part) : number(part))));
  return Buffer.concat([Buffer.from([code, second, body.length / 4 + 1, 0]), body]);
}

/** The answer to a request, head and rest together. */
async function answer(socket, asked) {
  socket.write(asked);
  const head = await read(socket, 32);
  if (head[0] !== 1) throw new Error(`the display refused request ${asked[0]}`);
  const rest = head.readUInt32LE(4) * 4;
  return rest ? Buffer.concat([head, await read(socket, rest)]) : head;
}

/** Asks every window of a display, such as `:99`, to close. */
export async function closeWindows(display) {
  const socket = connect(`/tmp/.X11-unix/X${display.replace(/^.*:/, "").replace(/\..*$/, "")}`);
  try {
    await once(socket, "connect");
    // Least significant byte first, version 11.0, no authorization.
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const head = await read(socket, 8);
    const setup = await read(socket, head.readUInt16LE(6) * 4);
    const vendor = Math.ceil(setup.readUInt16LE(16) / 4) * 4;
    const root = setup.readUInt32LE(32 + vendor + setup[21] * 8);
    const atom = async (name) => (await answer(socket, request(INTERN_ATOM, 0, name.length, name))).readUInt32LE(8);
    const [protocols, deletes] = [await atom("WM_PROTOCOLS"), await atom("WM_DELETE_WINDOW")];
    const tree = await answer(socket, request(QUERY_TREE, 0, root));
    const windows = Array.from({ length: tree.readUInt16LE(16) }, (_, index) => tree.readUInt32LE(32 + index * 4));
    for (const window of windows) {
      const event = [CLIENT_MESSAGE | (32 << 8), window, protocols, deletes, 0, 0, 0, 0];
      socket.write(request(SEND_EVENT, 0, window, 0, ...event));
    }
    // An answer to a later request: the messages have been passed on.
    await answer(socket, request(QUERY_TREE, 0, root));
  } finally {
    socket.destroy();
  }
}
