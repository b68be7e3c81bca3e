using FeatureTransfer.Backbones;
using FeatureTransfer.Backbones.Packages;

namespace FeatureTransfer.Tests.Backbones.Packages;

public class AssemblyResourceTests
{
    private const string Name = "onnx-models/resnet_18.mlnet.json";

    private static readonly string _path = typeof(ModelCatalog).Assembly.Location;

    [Test]
    public void Copy_ResourceOfAnAssembly_GivesItsBytes()
    {
        using var assembly = File.OpenRead(_path);
        using var copy = new MemoryStream();
        AssemblyResource.Copy(assembly, Name, copy);
        Assert.That(copy.ToArray(), Is.EqualTo(File.ReadAllBytes(Path.Combine(Reference.Root, Name))));
    }

    [Test]
    public void Copy_NoSuchResource_NamesThoseThereAre()
    {
        using var assembly = File.OpenRead(_path);
        Assert.That(() => AssemblyResource.Copy(assembly, "model.onnx", Stream.Null), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'model.onnx'").And.Message.Contains(Name));
    }

    [TestCase(0)]
    [TestCase(200)]
    [TestCase(20_000)]
    public void Copy_CutAssembly_SaysItIsDamaged(int length)
    {
        using var assembly = new MemoryStream(File.ReadAllBytes(_path)[..length]);
        Assert.That(() => AssemblyResource.Copy(assembly, Name, Stream.Null), Throws.TypeOf<InvalidDataException>());
    }
}
