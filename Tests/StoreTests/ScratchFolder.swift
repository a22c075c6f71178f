import Foundation

/// A folder of one test's own, gone when the test is.
final class ScratchFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lockstep-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// An empty file, which SQLite takes for an empty database.
    func emptyFile(_ name: String) throws -> String {
        try Data().write(to: URL(filePath: file(name)))
        return file(name)
    }
}
