import Fixtures
import Foundation
import Identity
import Testing

/// A store on a file system that is full.
@Suite struct SyncDiskTests {
    /// In a mount namespace of its own: fills a small tmpfs, syncs, makes room, and syncs again.
    private static let script = """
        set -eu
        mount -t tmpfs -o size=4m,mode=0700 none "$MOUNT"
        cp "$STORE" "$MOUNT/store.db"
        cp "$STORE.head" "$MOUNT/store.db.head"
        for room in 0 8 24 48 96 160; do
            rm -f "$MOUNT/filler"
            free=$(df --output=avail -k "$MOUNT" | tail -n 1)
            fill=$((free - room))
            [ "$fill" -le 0 ] || dd if=/dev/zero of="$MOUNT/filler" bs=1k count="$fill" 2>&1 |
                grep -v records | grep -v copied || :
            code=0
            "$LOCKSTEP" --config "$CONFIG" sync --full 2>"$MOUNT.errors" >/dev/null || code=$?
            rm -f "$MOUNT/filler"
            check=0
            "$LOCKSTEP" --config "$CONFIG" store check >"$MOUNT.check" 2>&1 || check=$?
            echo "$room $code $check $(head -n 1 "$MOUNT.errors")"
        done
        "$LOCKSTEP" --config "$CONFIG" --json sync
        "$LOCKSTEP" --config "$CONFIG" sync --full --check >/dev/null
        """

    @Test func `a full disk is exit 74, and the store is as it was`() throws {
        let lab = try LockLab()
        try lab.sync()
        for index in 0..<12 {
            try lab.change(
                LockLab.person(SampleOrganisation.username(index)),
                "replace: title\ntitle: \(String(repeating: "Long ", count: 4_000))")
        }
        let mount = lab.folder.file("mount")
        try lab.folder.makeFolder("mount")
        let text = lab.configuration.text(url: lab.proxy.url)
            .replacing("store: store.db", with: "store: \(mount)/store.db")
            .replacing(
                "employeeNumber: employeeNumber",
                with: "employeeNumber: employeeNumber\n      attributes: [title]")
        // The store belongs to this file.
        try lab.folder.write(text, to: "lockstep.yaml")
        let end = try ChildProcess.run(
            "/usr/bin/unshare", ["-r", "-m", "/bin/sh", "-c", Self.script],
            environment: [
                "MOUNT": mount, "STORE": lab.folder.file("store.db"),
                "LOCKSTEP": try Products.lockstep(), "CONFIG": lab.folder.file("lockstep.yaml"),
            ])
        #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
        let rows = end.stdout.split(separator: "\n").filter { $0.first?.isNumber == true }
            .map { $0.split(separator: " ", maxSplits: 3).map(String.init) }
        #expect(rows.count == 6, "\(end.stdout)")
        for row in rows {
            #expect(row[1] == "74" || row[1] == "0", "\(row)")
            #expect(row[2] == "0", "\(row)")
            if row[1] == "74" { #expect(row[3].contains(" disk "), "\(row)") }
        }
        #expect(rows.first?[1] == "74")
    }
}
