import Foundation
import Testing

/// What once was a seed of Tests/fuzz, or one of its finds.
@Suite struct CorpusTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/Corpus")

    @Test(arguments: Parser.allCases)
    func `whatever comes from outside is read or refused`(parser: Parser) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appending(path: parser.rawValue), includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let octets = [UInt8](try Data(contentsOf: file))
            #expect(parser.fault(octets) == nil, "\(file.lastPathComponent)")
            // Cut anywhere, as what comes over a wire is.
            for end in stride(from: 0, to: octets.count, by: max(1, octets.count / 64)) {
                #expect(
                    parser.fault(Array(octets[..<end])) == nil, "\(file.lastPathComponent) \(end)")
            }
        }
    }
}
