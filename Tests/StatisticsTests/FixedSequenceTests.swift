import Statistics
import Testing

@Suite struct FixedSequenceTests {
    @Test func `ends at the first hypothesis that is not rejected, whatever comes behind it`() {
        #expect(FixedSequence(level: 0.1).rejections(of: [0.01, 0.1, 0.11, 0.001]) == 2)
        #expect(FixedSequence(level: 0.1).rejections(of: [0.2, 0.0]) == 0)
        #expect(FixedSequence(level: 0.1).rejections(of: [Double]()) == 0)
        #expect(FixedSequence(level: 0.1).rejections(of: [0.01, .nan, 0.01]) == 1)
    }
}
