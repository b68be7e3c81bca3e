using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>Whether a kind of device is there, and why not.</summary>
/// <param name="Device">The device.</param>
/// <param name="Available">Whether a model ran on it and gave the right answer.</param>
/// <param name="Found">What was found, or what is missing and how to get it.</param>
public sealed record DeviceProbe(Device Device, bool Available, string Found)
{
    private const float Tolerance = 1e-3f;

    /// <summary>Runs a tiny model on each kind of device and compares its answer with the known one.</summary>
    public static IReadOnlyList<DeviceProbe> All() => [.. Enum.GetValues<DeviceKind>().Where(kind => kind != DeviceKind.Auto).Select(kind => Of(Device.Of(kind)))];

    /// <summary>Runs a tiny model on a device and compares its answer with the known one.</summary>
    /// <param name="device">The device, not <see cref="Device.Auto"/>.</param>
    public static DeviceProbe Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        try
        {
            using var session = DeviceSessions.Open(Model(), "probe", new SessionSettings { Device = device, IntraOpThreads = 1 });
            var answer = Run(session);
            return Math.Abs(answer - Expected) <= Tolerance * Math.Abs(Expected)
                ? new DeviceProbe(device, true, "runs a model and gives the right answer")
                : new DeviceProbe(device, false, FormattableString.Invariant($"runs a model but gives {answer} instead of {Expected}: do not use it"));
        }
        catch (MissingDeviceException exception)
        {
            return new DeviceProbe(device, false, exception.Reason);
        }
        catch (OnnxRuntimeException exception)
        {
            return new DeviceProbe(device, false, $"is there, but fails: {exception.Message}");
        }
    }

    // 3 x 3 ones over 8 x 8 numbers 0, 1, 2 ... without a border: the mean over the inner 6 x 6 places is 9 times the mean of all, 31.5.
    private const float Expected = 9 * 31.5f;

    private static float Run(InferenceSession session)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, 64).Select(i => (float)i).ToArray(), [1, 1, 8, 8]);
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    private static OnnxModel Model()
    {
        var builder = new GraphBuilder("probe");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 1, 8, 8));
        builder.Node("Conv", "conv", ["x", builder.Constant("ones", [1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f], 1, 1, 3, 3)]);
        builder.Node("GlobalAveragePool", "mean", ["conv"]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("mean", 1, 1, 1, 1));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        return new OnnxModel(proto, "probe");
    }
}
