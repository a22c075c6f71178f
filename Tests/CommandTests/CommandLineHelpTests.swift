import Foundation
import Testing

@testable import lockstep

/// Compares help with the files in `Snapshots`; `LOCKSTEP_RECORD=1` writes them anew.
struct CommandLineHelpTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Snapshots")

    private func compare(_ text: String, with name: String) throws {
        let file = Self.folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["LOCKSTEP_RECORD"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "LOCKSTEP_RECORD=1 writes \(name).txt anew")
    }

    @Test(arguments: Catalogue.built.shown.map(\.name))
    func `a command's help is as it was`(name: CommandName) throws {
        let command = try #require(Catalogue.built.command(name.words))
        let file = name.rawValue.replacing(" ", with: "-")
        try compare(HelpPage.text(.command(command), width: nil), with: "help-\(file)")
    }

    @Test func `the overview is as it was`() throws {
        try compare(HelpPage.text(.overview, width: nil), with: "help")
    }

    @Test func `a group's help is as it was`() throws {
        let topic = HelpTopic.group("credential", Catalogue.built.group("credential"))
        try compare(HelpPage.text(topic, width: nil), with: "help-credential")
    }

    @Test(arguments: [60, 80, 100])
    func `help fits the terminal`(width: Int) {
        for command in Catalogue.built.shown {
            let text = HelpPage.text(.command(command), width: width)
            for line in text.split(separator: "\n") where !line.hasPrefix("  lockstep") {
                #expect(DisplayWidth.of(String(line)) <= width)
            }
        }
    }

    @Test func `examples come before the usage`() throws {
        let text = HelpPage.text(.overview, width: nil)
        let examples = try #require(text.range(of: "Examples:"))
        let usage = try #require(text.range(of: "Usage:"))
        #expect(examples.lowerBound < usage.lowerBound)
    }
}
