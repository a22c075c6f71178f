import Fixtures
import Foundation
import Testing

/// What the README says of the repository is there.
@Suite struct ReadmeTests {
    private let root: URL
    private let text: String

    init() throws {
        root =
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
            .standardized
        text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    @Test func `every path that the README names exists`() {
        let folders = #/(?:Sources|Tests|schema|config)/[A-Za-z0-9_@\/.-]+/#
        let paths = text.matches(of: folders).map { String($0.output) }
            .map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        #expect(paths.count > 30)
        for path in paths { #expect(exists(path), "\(path)") }
    }

    @Test func `every link of the README leads somewhere in it or in the repository`() {
        let links = text.matches(of: #/\]\(([^)#:]+)\)/#).map { String($0.output.1) }
        #expect(links.count > 5)
        for link in links { #expect(exists(link), "\(link)") }
    }

    @Test func `every source and every suite that the README names exists`() throws {
        var names: Set<String> = ["Package.swift"]
        for folder in ["Sources", "Tests"] {
            let place = root.appending(path: folder)
            let files = FileManager.default.enumerator(atPath: place.path)
            for case let file as String in files ?? .init() where file.hasSuffix(".swift") {
                names.insert(URL(filePath: file).lastPathComponent)
            }
        }
        let sources = text.matches(of: #/`([A-Za-z+]+\.swift)`/#).map { String($0.output.1) }
        let suites = text.matches(of: #/`([A-Z][A-Za-z]+Tests)`/#).map { "\($0.output.1).swift" }
        #expect(!sources.isEmpty && suites.count > 5)
        for name in sources + suites { #expect(names.contains(name), "\(name)") }
    }
}
