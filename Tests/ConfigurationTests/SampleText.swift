import Sample
import Testing

@testable import Configuration

/// The sample, and the sample with each of its `#:` lines in force.
enum SampleText {
    static let text = String(decoding: SampleResource.configuration, as: UTF8.self)

    /// One `#:` line in force.
    struct Alternative: CustomTestStringConvertible {
        let line: String
        /// The whole sample.
        let text: String

        var testDescription: String { line }
    }

    /// Every `#:` line replaces the key of the same name beside it.
    static let alternatives: [Alternative] = {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.filter { lines[$0].contains("#: ") }.map { index in
            Alternative(
                line: lines[index], text: replaced(lines, at: index).joined(separator: "\n"))
        }
    }()

    private static func replaced(_ lines: [String], at index: Int) -> [String] {
        let line = lines[index].replacing("#: ", with: "")
        let indent = indent(line)
        let key = line.prefix { $0 != ":" } + ":"
        var result = lines
        result[index] = line
        let start = lines.indices.reversed().first { other in
            other != index && lines[other].hasPrefix(key)
                && !lines[min(other, index)..<max(other, index)].contains {
                    !$0.allSatisfy(\.isWhitespace) && self.indent($0) < indent
                }
        }
        guard let start else { return result }
        result[start] = ""
        for other in result.indices.dropFirst(start + 1) where other != index {
            guard result[other].isEmpty || self.indent(result[other]) > indent else { break }
            result[other] = ""
        }
        return result
    }

    private static func indent(_ line: String) -> Int {
        line.prefix { $0 == " " }.count
    }

    /// The paths of the key table that stand in a file.
    static func keys(_ text: String) -> Set<String> {
        let reading = Reading(file: "lockstep.yaml", passwordFile: nil)
        guard let events = EventStream(Array(text.utf8)) else { return [] }
        var document = DocumentReader(events, reading: reading)
        return document.read().map { keys($0, at: "") } ?? []
    }

    private static func keys(_ node: Node, at path: String) -> Set<String> {
        guard case .mapping(let pairs) = node.content else { return [] }
        let isNamed = KeyTable.all.contains { $0.path == path && $0.kind == .named }
        return pairs.reduce(into: []) { keys, pair in
            let name = isNamed ? "*" : pair.name
            let inner = path.isEmpty ? name : "\(path).\(name)"
            keys.insert(inner)
            keys.formUnion(self.keys(pair.value, at: inner))
        }
    }
}
