import Glibc

/// libFuzzer's door: one input after the other, for the parser that LOCKSTEP_PARSER names.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let octets = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    if let fault = chosen.fault(octets) {
        print(fault)
        abort()
    }
    return 0
}

private let chosen: Parser = {
    guard let name = unsafe getenv("LOCKSTEP_PARSER").map({ unsafe String(cString: $0) }),
        let parser = Parser(rawValue: name)
    else {
        print("LOCKSTEP_PARSER: \(Parser.allCases.map(\.rawValue).joined(separator: " "))")
        exit(64)
    }
    return parser
}()
