using System.CommandLine;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>--precision</c>: what a backbone computes in.</summary>
internal static class PrecisionOption
{
    public static Option<Precision> Create() => new("--precision") { Description = "float32, or int8 for images and texts on the CPU: faster, calibrated on the first of these inputs" };
}
