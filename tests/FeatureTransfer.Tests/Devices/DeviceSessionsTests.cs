using System.Runtime.InteropServices;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Memory;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Devices;

public class DeviceSessionsTests
{
    private static OnnxModel Model => SmallModels.Image();

    [Test]
    public void Open_Auto_FallsBackAndSaysWhy()
    {
        if (ExecutionProvider.All.Any(provider => provider.IsThere))
            Assert.Ignore("This machine's ONNX Runtime may have more than the CPU.");
        var log = new ListLogger();
        var opened = DeviceSessions.OpenOn(Model, "image.onnx", new SessionSettings { Logger = log });
        using (opened.Session)
        {
            Assert.That(opened.Device, Is.EqualTo(Device.Cpu));
            Assert.That(log.Lines, Has.One.Contains("image.onnx runs on the CPU").And.Contains("ft doctor"));
        }
    }

    [Test]
    public void Open_Cpu_RunsAndLogsNothing()
    {
        var log = new ListLogger();
        using var session = DeviceSessions.Open(Model, "image.onnx", new SessionSettings { Device = Device.Cpu, Logger = log });
        Assert.That((session.InputNames[0], log.Lines.Count), Is.EqualTo(("x", 0)));
    }

    [TestCase("directml", "DmlExecutionProvider", "DirectML")]
    [TestCase("coreml", "CoreMLExecutionProvider", "macOS")]
    [TestCase("cuda", "", "FeatureTransfer.Gpu")]
    [TestCase("tensorrt", "", "FeatureTransfer.Gpu")]
    public void Open_DeviceThatIsNotThere_SaysWhatIsMissingAndHowToGetIt(string name, string missing, string remedy)
    {
        var device = Device.Parse(name);
        if (ExecutionProvider.Of(device.Kind).IsThere)
            Assert.Ignore($"This machine may have '{name}'.");
        Assert.That(
            () => DeviceSessions.Open(Model, "image.onnx", new SessionSettings { Device = device }),
            Throws.InstanceOf<FeatureTransferException>().With.Message.Contains($"image.onnx: the device '{name}' cannot be had.").And.Message.Contains(missing).And.Message.Contains(remedy));
    }

    [Test]
    public void Open_NoModel_NamesIt() => Assert.That(
        () => DeviceSessions.Open(new OnnxModel(new ModelProto(), "broken"), "broken.onnx", new SessionSettings { Device = Device.Cpu }),
        Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("broken.onnx: ONNX Runtime cannot load the model."));

    [Test]
    public void Open_SharesMemory_ComputesTheSameInTheSharedHeap([Values] bool shares)
    {
        using var session = DeviceSessions.Open(Model, "image.onnx", new SessionSettings { Device = Device.Cpu, SharesMemory = shares });
        using var image = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, 2 * 2 * 2 * 2).Select(i => i / 100f).ToArray(), [2, 2, 2, 2]);
        using var plain = DeviceSessions.Open(Model, "image.onnx", new SessionSettings { Device = Device.Cpu });
        using var options = new RunOptions();
        using var expected = plain.Run(options, plain.InputNames, [image], plain.OutputNames);
        using var results = session.Run(options, session.InputNames, [image], session.OutputNames);
        TrainingMemory.Trim();

        var values = results[0].GetTensorDataAsSpan<float>();
        Assert.That(TrainingMemory.Holds(MemoryMarshal.AsBytes(values)), Is.EqualTo(shares && OperatingSystem.IsLinux()));
        Assert.That(values.ToArray(), Is.EqualTo(expected[0].GetTensorDataAsSpan<float>().ToArray()));
    }
}
