internal import Foundation

/// `dse.ldif`: the configuration of a 389 Directory Server that is not running.
struct DSE {
    private let path: String
    private var entries: [[Substring]]

    init(_ path: String) throws {
        self.path = path
        entries = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("\n ", with: "")
            .split(separator: "\n\n").map { $0.split(separator: "\n") }
    }

    /// Gives an attribute these values, and no others.
    mutating func set(_ name: String, _ values: [String], of dn: String) throws {
        guard let index = entries.firstIndex(where: { $0.first ?? "" == "dn: \(dn)" }) else {
            throw FixtureError("\(path) has no entry \(dn)")
        }
        entries[index].removeAll { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        entries[index] += values.map { Substring("\(name): \($0)") }
    }

    func write() throws {
        try entries.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
    }
}
