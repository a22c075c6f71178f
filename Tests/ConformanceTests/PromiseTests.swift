import Testing

@Suite struct PromiseTests {
    @Test(arguments: Promise.allCases, DirectoryKind.allCases)
    func `is kept`(_ promise: Promise, _ kind: DirectoryKind) throws {
        try promise.hold(on: kind)
    }
}
