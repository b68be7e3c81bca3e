using FeatureTransfer.Devices;

namespace FeatureTransfer.Tests.Devices;

public class DeviceProbeTests
{
    [Test]
    public void Of_Cpu_RunsAndGivesTheRightAnswer()
    {
        var probe = DeviceProbe.Of(Device.Cpu);
        Assert.That((probe.Available, probe.Found), Is.EqualTo((true, "runs a model and gives the right answer")));
    }

    [Test]
    public void All_Devices_AreProbedAndTheMissingSayWhy()
    {
        var probes = DeviceProbe.All();
        Assert.Multiple(() =>
        {
            Assert.That(probes.Select(probe => probe.Device.ToString()), Is.EqualTo(new[] { "cpu", "cuda", "tensorrt", "directml", "coreml" }));
            Assert.That(probes.Where(probe => !probe.Available).Select(probe => probe.Found), Has.All.Match("This build of ONNX Runtime has no|is missing|ONNX Runtime says"));
        });
    }
}
