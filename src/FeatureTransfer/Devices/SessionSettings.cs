using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeatureTransfer.Devices;

/// <summary>How a model is opened.</summary>
internal sealed record SessionSettings
{
    /// <summary>What it runs on. Default <see cref="Device.Auto"/>.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Threads within an operator on the CPU. Default, and 0: one a core.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Whether idle threads wait in a loop, which is quick where nothing else wants the core. Default true.</summary>
    public bool AllowSpinning { get; init; } = true;

    /// <summary>
    /// Whether memory is taken from a heap that all such sessions share, block by block. Else each session plans it for a whole run by the shapes of the
    /// last one, which in training held every activation and gradient apart from all others for the length of a step. Default false.
    /// </summary>
    public bool SharesMemory { get; init; }

    /// <summary>Where models are kept as ONNX Runtime has optimized them for this CPU. Default, and null: nowhere.</summary>
    public string? OptimizedFolder { get; init; }

    /// <summary>Is told which device was chosen and why. Default nobody.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
