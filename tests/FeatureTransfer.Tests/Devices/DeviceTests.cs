using System.Text.Json;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Tests.Devices;

public class DeviceTests
{
    [TestCase("auto", DeviceKind.Auto, 0)]
    [TestCase("cpu", DeviceKind.Cpu, 0)]
    [TestCase("cuda", DeviceKind.Cuda, 0)]
    [TestCase("CUDA:1", DeviceKind.Cuda, 1)]
    [TestCase(" tensorrt:15 ", DeviceKind.TensorRT, 15)]
    [TestCase("DirectML:0", DeviceKind.DirectML, 0)]
    [TestCase("coreml", DeviceKind.CoreML, 0)]
    public void Parse_Name_IsRead(string text, DeviceKind kind, int index)
    {
        var device = Device.Parse(text);
        Assert.That((device.Kind, device.Index), Is.EqualTo((kind, index)));
    }

    [TestCase("cuad", "Did you mean 'cuda'?")]
    [TestCase("gpu", "Expected one of auto, cpu, cuda, tensorrt, directml, coreml")]
    [TestCase("", "There is no device ''")]
    [TestCase("cpu:1", "there is only one 'cpu'")]
    [TestCase("auto:0", "there is only one 'auto'")]
    [TestCase("cuda:", "the number ''")]
    [TestCase("cuda:-1", "Expected 0 to 255")]
    [TestCase("cuda:256", "Expected 0 to 255")]
    [TestCase("cuda:one", "the number 'one'")]
    [TestCase("1", "There is no device '1'")]
    public void Parse_Fault_IsNamed(string text, string message) =>
        Assert.That(() => Device.Parse(text), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(message));

    [TestCase("auto")]
    [TestCase("cuda:3")]
    [TestCase("tensorrt")]
    public void ToString_OfParsed_IsTheName(string text) => Assert.That(Device.Parse(text).ToString(), Is.EqualTo(text));

    [Test]
    public void Json_RoundTrip_IsTheName()
    {
        var json = JsonSerializer.Serialize(Device.Parse("cuda:1"));
        Assert.Multiple(() =>
        {
            Assert.That(json, Is.EqualTo("\"cuda:1\""));
            Assert.That(JsonSerializer.Deserialize<Device>(json), Is.EqualTo(Device.Parse("cuda:1")));
            Assert.That(() => JsonSerializer.Deserialize<Device>("\"gpu\""), Throws.TypeOf<JsonException>().With.Message.Contains("directml"));
        });
    }
}
