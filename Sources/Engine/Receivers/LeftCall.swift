internal import Glibc
internal import Ground

/// A program that was started and has outlived whoever started it.
///
/// When the starter dies the kernel ends the program itself (``ProgramChild``), but not what the program
/// has started.
struct LeftCall {
    /// In the environment of everything that was started for the event.
    static let variable = "LOCKSTEP_EVENT"
    /// Hundredths of a second.
    private static let patience = 200

    let group: pid_t
    let event: String

    init(group: pid_t, event: String) {
        self.group = group
        self.event = event
    }

    /// nil where nothing is noted, or not as we write it.
    init?(note: String) {
        let words = note.split(separator: " ")
        guard words.count == 2, let group = pid_t(words[0]), group > 1 else { return nil }
        self.init(group: group, event: String(words[1]))
    }

    var note: String { "\(group) \(event)" }

    /// Ends what is left of it; false where something goes on all the same.
    ///
    /// Another program may have the number by now: it has not the event in its environment.
    func end() -> Bool {
        guard members.contains(where: isOurs) else { return true }
        kill(-group, SIGKILL)
        for _ in 0..<Self.patience {
            if members.isEmpty { return true }
            usleep(10_000)
        }
        return members.isEmpty
    }

    /// The processes of the group that have not ended.
    private var members: [pid_t] {
        ProcessFolder.all.filter { pid in
            // proc(5): "pid (comm) state ppid pgrp"; the name may hold anything.
            guard let text = ProcessFolder.read("stat", of: pid),
                let end = text.lastIndex(of: ")")
            else { return false }
            let words = text[text.index(after: end)...].split(separator: " ")
            return words.count > 2 && words[0] != "Z" && words[0] != "X"
                && pid_t(words[2]) == group
        }
    }

    private func isOurs(_ pid: pid_t) -> Bool {
        ProcessFolder.read("environ", of: pid)?.split(separator: "\0")
            .contains("\(Self.variable)=\(event)") ?? false
    }
}

/// What the kernel tells of processes.
private enum ProcessFolder {
    private static let most = 65_536

    static var all: [pid_t] {
        guard let folder = unsafe opendir("/proc") else { return [] }
        defer { unsafe closedir(folder) }
        var found: [pid_t] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let pid = pid_t(name) { found.append(pid) }
        }
        return found
    }

    /// nil where it has ended, or may not be looked at.
    static func read(_ name: String, of pid: pid_t) -> String? {
        let file = FileDescriptor(unsafe open("/proc/\(pid)/\(name)", O_RDONLY | O_CLOEXEC))
        guard file.isOpen, let octets = file.read(most) else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }
}
