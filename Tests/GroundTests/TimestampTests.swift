import Ground
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-23T14:00:00Z", 1_795_442_400),
            ("2026-11-23t15:00:00+01:00", 1_795_442_400),
            ("2026-11-23 08:30:00.999-05:30", 1_795_442_400),
            ("2000-02-29T00:00:00z", 951_782_400),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] as [(String, Int64)])
    func `an RFC 3339 time is read with offset and fraction`(text: String, seconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T14:00Z", "2026-11-23T14:00:00", "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-11-31T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T14:60:00Z",
        "2026-11-23T14:00:61Z", "2026-11-23T14:00:00.Z", "2026-11-23T14:00:00+0100",
        "2026-11-23T14:00:00Z ", "٢٠٢٦-11-23T14:00:00Z",
    ])
    func `what is no RFC 3339 time is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(
        arguments: [
            ("20261123140000Z", 1_795_442_400),
            ("202611231400Z", 1_795_442_400),
            ("2026112314Z", 1_795_442_400),
            ("2026112314.5Z", 1_795_444_200),
            ("2026112314,25Z", 1_795_443_300),
            ("202611231400.5Z", 1_795_442_430),
            ("20261123140000.123456789123Z", 1_795_442_400),
            ("20261123150000+0100", 1_795_442_400),
            ("20261123083000-0530", 1_795_442_400),
            ("20261123160000+02", 1_795_442_400),
            ("20161231235960Z", 1_483_228_800),
            ("000001010000Z", -62_167_219_200),
        ] as [(String, Int64)])
    func `a generalized time is read in all its forms`(text: String, seconds: Int64) {
        #expect(Timestamp(generalizedTime: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "2026", "20261123140000", "20261123140000z", "20261323140000Z", "20261123140000.Z",
        "202611231400000Z", "20261123140000+2400", "20261123140000+01:00", "20261123T140000Z",
        "-0261123140000Z", "20261123140000Z\0",
    ])
    func `what is no generalized time is refused`(text: String) {
        #expect(Timestamp(generalizedTime: text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z", "19700101000000Z"),
            (-1, "1969-12-31T23:59:59Z", "19691231235959Z"),
            (1_795_442_400, "2026-11-23T14:00:00Z", "20261123140000Z"),
            (951_868_799, "2000-02-29T23:59:59Z", "20000229235959Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z", "00000101000000Z"),
            (.min, "0000-01-01T00:00:00Z", "00000101000000Z"),
            (.max, "9999-12-31T23:59:59Z", "99991231235959Z"),
        ] as [(Int64, String, String)])
    func `an instant is written in UTC with seconds`(
        seconds: Int64, rfc3339: String, generalizedTime: String
    ) {
        #expect(Timestamp(seconds: seconds).rfc3339 == rfc3339)
        #expect(Timestamp(seconds: seconds).generalizedTime == generalizedTime)
    }

    @Test func `ten thousand years are read as they were written`() {
        var seconds: Int64 = -62_167_219_200
        while seconds <= 253_402_300_799 {
            let time = Timestamp(seconds: seconds)
            guard Timestamp(rfc3339: time.rfc3339) == time,
                Timestamp(generalizedTime: time.generalizedTime) == time
            else {
                Issue.record("\(seconds): \(time.rfc3339)")
                return
            }
            // Not a multiple of a day or a year, so that everything varies.
            seconds += 86_400 * 23 + 3661
        }
    }

    @Test func `a duration of any size never overflows`() {
        #expect(Timestamp(seconds: .max).advanced(by: 1).seconds == .max)
        #expect(Timestamp(seconds: .min).advanced(by: -1).seconds == .min)
        #expect(Timestamp(seconds: 5).advanced(by: -6).seconds == -1)
    }
}
