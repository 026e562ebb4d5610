import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mustRun } from "./run";

/** The users of a test host that the run's key opens: root, and one with no rights but its own. */
const users = ["root", "watcher"] as const;
export type HostUser = (typeof users)[number];

const daemon = `[Unit]
Description=OpenSSH server of a test host
After=systemd-user-sessions.service
[Service]
ExecStart=/usr/sbin/sshd -D -e -f /etc/ssh/test-host.conf
RuntimeDirectory=sshd
KillMode=process
[Install]
WantedBy=multi-user.target
`;

/** What OpenSSH's server and this machine's client need for a test host, with keys of this run only. */
export class SshAccess {
  private readonly folder: string;
  private readonly name: string;

  private constructor(folder: string, name: string) {
    this.folder = folder;
    this.name = name;
  }

  /** @param outside finds a file of the host's disk. */
  static async prepare(
    folder: string,
    { name, address }: { readonly name: string; readonly address: string },
    outside: (inside: string) => string,
  ): Promise<SshAccess> {
    const key = path.join(folder, "key");
    for (const file of [key, path.join(folder, "host-key")])
      await mustRun("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file);
    copyFileSync(path.join(folder, "host-key"), outside("/etc/ssh/test-host-key"));
    mkdirSync(outside("/etc/ssh/test-host-users"));
    for (const user of users)
      copyFileSync(`${key}.pub`, path.join(outside("/etc/ssh/test-host-users"), user));
    writeFileSync(outside("/etc/ssh/test-host.conf"), daemonConfig(address));
    const wants = outside("/etc/systemd/system/multi-user.target.wants");
    mkdirSync(wants);
    writeFileSync(outside("/etc/systemd/system/ssh.service"), daemon);
    symlinkSync("../ssh.service", path.join(wants, "ssh.service"));
    const hostKey = readFileSync(path.join(folder, "host-key.pub"), "utf8");
    writeFileSync(path.join(folder, "known_hosts"), `${address} ${hostKey}`);
    writeFileSync(path.join(folder, "ssh_config"), clientConfig(folder, name, address));
    return new SshAccess(folder, name);
  }

  get publicKey(): string {
    return readFileSync(path.join(this.folder, "key.pub"), "utf8").trim();
  }

  /** The command's words, as they stand in a user's `via`. */
  command(user: HostUser): string[] {
    return ["ssh", "-F", path.join(this.folder, "ssh_config"), alias(this.name, user)];
  }
}

function alias(name: string, user: HostUser): string {
  return user === "root" ? name : `${user}.${name}`;
}

function daemonConfig(address: string): string {
  return `ListenAddress ${address}
HostKey /etc/ssh/test-host-key
AuthorizedKeysFile /etc/ssh/test-host-users/%u .ssh/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM yes
PrintMotd no
`;
}

/** As a careful user writes it: host keys are known beforehand, and nothing is ever asked. */
function clientConfig(folder: string, name: string, address: string): string {
  const blocks = users.map(
    (user) => `Host ${alias(name, user)}
  HostName ${address}
  User ${user}
  IdentityFile ${path.join(folder, "key")}
`,
  );
  return `${blocks.join("")}Host *
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${path.join(folder, "known_hosts")}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
`;
}
