import FoundationEssentials
import Schema
import Testing

@testable import Configuration

/// The reader, the sample and the JSON Schema know the same keys.
@Suite struct KeyTests {
    @Test func `the sample is a configuration as it is`() {
        #expect(Example.complaints(SampleText.text) == [])
    }

    @Test(arguments: SampleText.alternatives)
    func `every other way that the sample shows is a configuration`(
        alternative: SampleText.Alternative
    ) {
        #expect(Example.complaints(alternative.text) == [])
    }

    @Test func `the sample has every key that the reader knows`() {
        let all = SampleText.alternatives.reduce(into: SampleText.keys(SampleText.text)) {
            $0.formUnion(SampleText.keys($1.text))
        }
        #expect(all.sorted() == KeyTable.all.map(\.path).sorted())
    }

    @Test func `no key stands twice in the table`() {
        #expect(Set(KeyTable.all.map(\.path)).count == KeyTable.all.count)
    }

    /// `UPDATE_SCHEMA=1` writes the file instead, for whoever changed the table.
    @Test func `the JSON Schema is what the key table describes`() throws {
        if ProcessInfo.processInfo.environment["UPDATE_SCHEMA"] == "1" {
            let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            let file = URL(filePath: "/\(repository)/schema/lockstep.schema.json")
            try Data(SchemaText.text.utf8).write(to: file)
        } else {
            let embedded = String(decoding: SchemaResource.configuration, as: UTF8.self)
            let lines = zip(embedded.split(separator: "\n"), SchemaText.text.split(separator: "\n"))
            #expect(lines.first { $0 != $1 }.map { "\($0), not \($1)" } == nil)
            #expect(embedded.utf8.count == SchemaText.text.utf8.count)
        }
    }
}
