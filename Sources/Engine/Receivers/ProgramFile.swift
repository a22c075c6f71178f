package import Glibc
internal import Ground

/// Why a program that the configuration names is not run: a sentence without a full stop.
package struct ProgramRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

/// A program that was judged, held open so that nothing else can take its place before it is run.
///
/// Judged is what stands at the end of a symbolic link, and every folder on the way there, through each
/// link: whoever may write one of them could put another program there.
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
        try ProgramFile.judgeWay(to: path, owner)
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

    /// As many links as the kernel follows (path_resolution(7)).
    private static let mostLinks = 40

    /// Goes from the root on, as the kernel does.
    private static func judgeWay(to path: String, _ owner: uid_t) throws(ProgramRefusal) {
        var rest = path.split(separator: "/").map(String.init)[...]
        var folder = "/"
        var links = 0
        try judgeFolder(folder, on: path, owner)
        while let name = rest.popFirst() {
            if name == "." { continue }
            if name == ".." {
                folder = parent(of: folder)
                continue
            }
            let place = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            if let target = target(of: place) {
                links += 1
                guard links <= mostLinks else {
                    throw ProgramRefusal(description: "\(path) leads through too many links")
                }
                if target.hasPrefix("/") { folder = "/" }
                rest = target.split(separator: "/").map(String.init) + rest
            } else if !rest.isEmpty {
                folder = place
                try judgeFolder(folder, on: path, owner)
            }
        }
    }

    private static func parent(of folder: String) -> String {
        guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return "/" }
        return String(folder[..<slash])
    }

    private static func judgeFolder(
        _ folder: String, on path: String, _ owner: uid_t
    ) throws(ProgramRefusal) {
        var facts = stat()
        guard unsafe stat(folder, &facts) == 0 else {
            throw ProgramRefusal(description: "\(path): its folder \(folder) can't be looked at")
        }
        try judge(facts, folder, owner)
    }

    /// Where a symbolic link leads; nil where it is none.
    private static func target(of place: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink(place, &buffer, buffer.count)
        guard count > 0, count < buffer.count else { return nil }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
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
}
