package import Glibc
internal import Ground

/// Why a program that the configuration names is not run: a sentence without a full stop.
package struct ProgramRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

/// A program that was judged, held open so that nothing else can take its place before it is run.
///
/// Judged is what stands at the end of a symbolic link, and every folder above the path as it is
/// written and as it is resolved: whoever may write one of them could put another program there.
package struct ProgramFile: ~Copyable {
    /// Lent: it is closed with its owner.
    var descriptor: Int32 { file.number }
    private let file: FileDescriptor
    package let path: String

    /// `owner`: who beside root may own the program and its folders.
    package init(_ path: String, owner: uid_t) throws(ProgramRefusal) {
        guard path.hasPrefix("/") else {
            throw ProgramRefusal(description: "\(path) is not absolute: write it from the root on")
        }
        let file = FileDescriptor(unsafe open(path, ProgramFile.pathOnly | O_CLOEXEC))
        guard file.isOpen else {
            throw ProgramRefusal(description: "\(path) can't be opened: \(Errno.last.words)")
        }
        try ProgramFile.judge(file, path, owner)
        guard let resolved = ProgramFile.resolved(file.number) else {
            throw ProgramRefusal(description: "\(path): where it leads can't be read")
        }
        for place in [path, resolved] { try ProgramFile.judgeFolders(above: place, owner) }
        self.file = file
        self.path = path
    }

    /// O_PATH, so that a program may be run that may not be read; <fcntl.h> has it under _GNU_SOURCE.
    private static let pathOnly: Int32 = 0o10000000

    private static func judge(
        _ file: borrowing FileDescriptor, _ path: String, _ owner: uid_t
    ) throws(ProgramRefusal) {
        guard let facts = file.status, facts.isRegularFile else {
            throw ProgramRefusal(description: "\(path) is no file: name a program")
        }
        try judge(facts, path, owner)
        guard facts.st_mode & 0o111 != 0 else {
            throw ProgramRefusal(description: "\(path) may not be run: chmod a+x it")
        }
    }

    private static func judgeFolders(above path: String, _ owner: uid_t) throws(ProgramRefusal) {
        var folder = path
        while folder.utf8.count > 1 {
            guard let slash = folder.lastIndex(of: "/") else { return }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            var facts = stat()
            guard unsafe stat(folder, &facts) == 0 else {
                throw ProgramRefusal(
                    description: "\(path): its folder \(folder) can't be looked at")
            }
            try judge(facts, folder, owner)
        }
    }

    /// A folder that others can write is refused, sticky or not: a name that is not there yet is
    /// anybody's to make.
    private static func judge(
        _ facts: stat, _ path: String, _ owner: uid_t
    ) throws(ProgramRefusal) {
        guard facts.st_uid == 0 || facts.st_uid == owner else {
            throw ProgramRefusal(
                description: "\(path) belongs to user \(facts.st_uid): root or the store's owner "
                    + "must own it")
        }
        guard facts.st_mode & 0o022 == 0 else {
            throw ProgramRefusal(
                description: "\(path) can be written by group or others: chmod go-w it")
        }
    }

    private static func resolved(_ descriptor: Int32) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        guard count > 0, count < buffer.count else { return nil }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
