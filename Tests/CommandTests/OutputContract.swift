import Fixtures
import Foundation
import Ground
import Schema
import Testing

/// What commands print with `--json`, held against `schema/output.schema.json`.
struct OutputContract {
    /// A command line, the definition that its document must meet, and its exit code.
    struct Case {
        let document: String
        let line: String
        let exit: Int32

        init(_ document: String, _ line: String, exit: Int32 = 0) {
            self.document = document
            self.line = line
            self.exit = exit
        }

        var words: [String] { line.split(separator: " ").map(String.init) }
    }

    /// The names of the definitions that are documents of a command.
    static var documents: Set<String> {
        get throws {
            let schema = try #require(JSONValue(parsing: SchemaResource.output))
            return Set(
                (schema["anyOf"]?.array ?? []).compactMap {
                    $0["$ref"]?.string.map { String($0.dropFirst("#/$defs/".count)) }
                })
        }
    }

    /// The words that a property may have, below a definition.
    static func words(_ definition: String, _ path: String...) throws -> Set<String> {
        let schema = try #require(JSONValue(parsing: SchemaResource.output))
        var place = schema["$defs"]?[definition]
        for property in path {
            place = place?["properties"]?[property]
            place = place?["items"] ?? place
        }
        return Set(try #require(place?["enum"]?.array).compactMap(\.string))
    }

    let lab: CommandLab
    private var printed: [JSONValue] = []

    init(_ lab: CommandLab) {
        self.lab = lab
    }

    mutating func run(_ cases: [Case], input: String = "") throws {
        for each in cases {
            let finished = try lab.run(each.words + ["--json"], input: input)
            #expect(finished.exitCode == each.exit, "\(each.line): \(finished.stderr)")
            add(finished.stdout, of: each.line, as: each.document)
        }
    }

    mutating func add(_ text: String, of line: String, as document: String) {
        printed.append([
            "command": .string(line), "document": .string(document), "text": .string(text),
        ])
    }

    /// A line for each document that is not as the schema says.
    func violations() throws -> String {
        let schema = String(decoding: SchemaResource.output, as: UTF8.self)
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "validate.py")
        return try ChildProcess.run(
            "/usr/bin/python3",
            [program.path, try lab.folder.write(schema, to: "output.schema.json")],
            input: Array(JSONValue.array(printed).text.utf8)
        ).succeeded(at: "validate.py (Debian package python3-jsonschema)").stdout
    }
}
