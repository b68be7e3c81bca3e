using System.Runtime.Intrinsics.X86;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>Opens models in ONNX Runtime on a device.</summary>
internal static class DeviceSessions
{
    // Below this a model is optimized as fast as it is read. In integers a MobileNet has three times that.
    private const int WorthKeeping = 1 << 18;

    /// <summary>Opens a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="settings">How.</param>
    /// <exception cref="FeatureTransferException">The device cannot be had, or ONNX Runtime cannot load the model.</exception>
    public static InferenceSession Open(ModelContent model, string name, SessionSettings settings) => OpenOn(model, name, settings).Session;

    /// <summary>As <see cref="Open"/>, and tells the device, which <see cref="DeviceKind.Auto"/> leaves open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="settings">How.</param>
    /// <exception cref="FeatureTransferException">The device cannot be had, or ONNX Runtime cannot load the model.</exception>
    public static OpenedSession OpenOn(ModelContent model, string name, SessionSettings settings) => settings.Device.Kind switch
    {
        DeviceKind.Auto => OpenFirst(model, name, settings),
        DeviceKind.Cpu => OpenOnCpu(model, name, settings),
        _ => OpenOnDevice(model, name, settings),
    };

    /// <summary>Whether a model will run on the CPU, as far as that can be told before it is opened.</summary>
    public static bool RunsOnCpu(Device device) => device.Kind == DeviceKind.Cpu
        || (device.Kind == DeviceKind.Auto && !Candidates.Any());

    private static IEnumerable<ExecutionProvider> Candidates =>
        ExecutionProvider.All.Where(provider => provider.Kind != DeviceKind.TensorRT && provider.IsThere && provider.HasDevice);

    private static OpenedSession OpenFirst(ModelContent model, string name, SessionSettings settings)
    {
        List<string> reasons = [];
        foreach (var provider in Candidates)
        {
            var device = Device.Of(provider.Kind);
            try
            {
                var opened = OpenOnDevice(model, name, settings with { Device = device });
                settings.Logger.LogInformation("{Model} runs on {Device}.", name, device);
                return opened;
            }
            catch (MissingDeviceException exception)
            {
                reasons.Add(exception.Message);
            }
        }

        // Without any accelerator in the machine or the build nothing went wrong, so nobody is warned.
        if (reasons.Count > 0)
            settings.Logger.LogWarning("{Model} runs on the CPU: {Reasons}", name, string.Join(" ", reasons));
        else
            settings.Logger.LogInformation("{Model} runs on the CPU, for no other device was found. 'ft doctor' says what each would need.", name);
        return OpenOnCpu(model, name, settings);
    }

    private static OpenedSession OpenOnCpu(ModelContent model, string name, SessionSettings settings)
    {
        try
        {
            return new OpenedSession(LoadOnCpu(model, settings), Device.Cpu, model);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new FeatureTransferException($"{name}: ONNX Runtime cannot load the model. {exception.Message}", exception);
        }
    }

    private static InferenceSession LoadOnCpu(ModelContent model, SessionSettings settings)
    {
        using var options = Options(settings);
        if (settings.OptimizedFolder is null || model.Length < WorthKeeping)
            return new InferenceSession(model.Write(), options);
        try
        {
            return new OptimizedModels(settings.OptimizedFolder).Open(model, options);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            // A full disk, say: what is kept is only a shortcut.
            using var plain = Options(settings);
            return new InferenceSession(model.Write(), plain);
        }
    }

    private static OpenedSession OpenOnDevice(ModelContent model, string name, SessionSettings settings)
    {
        var provider = ExecutionProvider.Of(settings.Device.Kind);
        if (!provider.IsThere)
            throw Missing(name, settings.Device, provider, null);
        using var options = Options(settings);
        try
        {
            provider.AppendTo(options, settings.Device.Index);
            return new OpenedSession(new InferenceSession(model.Write(), options), settings.Device, model);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or InvalidOperationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw Missing(name, settings.Device, provider, exception);
        }
    }

    private static MissingDeviceException Missing(string name, Device device, ExecutionProvider provider, Exception? cause) =>
        new(name, device, MissingDevice.Describe(provider, cause?.Message), cause);

    private static SessionOptions Options(SessionSettings settings)
    {
        var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = settings.IntraOpThreads > 0 ? settings.IntraOpThreads : Environment.ProcessorCount;
        options.EnableMemoryPattern = !settings.SharesMemory;
        if (settings.SharesMemory)
            TrainingMemory.AddTo(options);
        KernelOperators.AddTo(options);
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", settings.AllowSpinning ? "1" : "0");
        if (X86Base.IsSupported && !IntegerLayout.SumsProducts)
            options.AddSessionConfigEntry("session.x64quantprecision", "1");
        return options;
    }
}
