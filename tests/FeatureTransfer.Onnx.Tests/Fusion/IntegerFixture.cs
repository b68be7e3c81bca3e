using FeatureTransfer.Onnx.Kernels.Integers;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Tests of operators on bytes, which need a processor that has the instructions.</summary>
internal abstract class IntegerFixture
{
    [SetUp]
    public void NeedsInstructions()
    {
        if (!IntegerLayout.IsFast)
            Assert.Ignore("This processor lacks AVX-512, or exact sums of products of bytes.");
    }
}
