import Foundation
import Testing

/// The README's table says what the promises' suites try: each cell is a case of one of them.
@Suite struct ConformanceTableTests {
    @Test func `the README has the table of the promises that are tried here`() throws {
        let readme = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")
        let text = try String(contentsOf: readme, encoding: .utf8)
        #expect(text.contains(Self.table), "README.md is to contain:\n\(Self.table)")
    }

    private static var table: String {
        let kinds = DirectoryKind.allCases
        let head = row("Promise", kinds.map(\.rawValue))
        let rule = row("---", kinds.map { _ in "---" })
        return
            ([head, rule]
            + Promise.allCases.map { promise in
                row(promise.rawValue, kinds.map { $0.cell(promise) })
            })
            .joined(separator: "\n")
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
