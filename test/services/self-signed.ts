import { generateKeyPairSync, sign } from "node:crypto";

/** A self-signed certificate with its private key, as one PEM text, built by hand so that no tool is needed. */
export function selfSigned(options: { from: Date; until: Date }): { pem: string; certificate: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const sha256WithRsa = sequence(Buffer.from("06092a864886f70d01010b0500", "hex"));
  const commonName = Buffer.from("0603550403", "hex");
  const name = sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from("Watchdesk test")))));
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    sha256WithRsa,
    name,
    sequence(time(options.from), time(options.until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]);
  const der = sequence(body, sha256WithRsa, tagged(0x03, signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  const certificate = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { pem: `${certificate}${key}`, certificate, key };
}

function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  return tagged(0x18, Buffer.from(text));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(4, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 + bytes.length]), bytes, content]);
}
