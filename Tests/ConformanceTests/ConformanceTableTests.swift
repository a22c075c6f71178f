import Foundation
import Testing

/// The README's table says what the promises' suites try.
///
/// Those that every server keeps in one line, the others in one each; a server's releases keep the same.
@Suite struct ConformanceTableTests {
    @Test func `the README has the table of the promises that are tried here`() throws {
        let readme = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")
        let text = try String(contentsOf: readme, encoding: .utf8)
        #expect(text.contains(Self.table), "README.md is to contain:\n\(Self.table)")
    }

    @Test(arguments: DirectoryKind.allCases)
    func `the server that they are tried on here has a column`(_ kind: DirectoryKind) throws {
        let version = try kind.version()
        let columns = kind.releases.filter { release in
            version.split { $0 != "." && !$0.isNumber }.contains { $0.hasPrefix(release + ".") }
        }
        #expect(columns.count == 1, "\(version) is none of \(kind.releases)")
    }

    private static var table: String {
        let kinds = DirectoryKind.allCases
        func cells(_ cell: (DirectoryKind) -> String) -> [String] {
            kinds.flatMap { kind in kind.releases.map { _ in cell(kind) } }
        }
        let head = row("Promise", kinds.flatMap { kind in kind.releases.map(kind.heading) })
        let rule = row("---", cells { _ in "---" })
        let kept = Promise.allCases.filter { promise in
            kinds.allSatisfy { $0.cell(promise) == "kept" }
        }
        let together = row(
            kept.map(\.rawValue).joined(separator: " · "), cells { _ in "kept" })
        let others = Promise.allCases.filter { !kept.contains($0) }.map { promise in
            row(promise.rawValue, cells { $0.cell(promise) })
        }
        return ([head, rule, together] + others).joined(separator: "\n")
    }

    private static func row(_ first: String, _ others: [String]) -> String {
        "| " + ([first] + others).joined(separator: " | ") + " |"
    }
}

@Suite struct OpenLDAPPromiseTests {
    @Test(arguments: Promise.allCases)
    func `is kept`(_ promise: Promise) throws {
        try promise.hold(on: .openldap)
    }
}

@Suite struct Directory389PromiseTests {
    @Test(arguments: Promise.allCases)
    func `is kept`(_ promise: Promise) throws {
        try promise.hold(on: .directoryServer389)
    }
}

@Suite struct SambaPromiseTests {
    @Test(arguments: Promise.allCases)
    func `is kept`(_ promise: Promise) throws {
        try promise.hold(on: .samba)
    }
}
