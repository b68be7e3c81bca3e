using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

/// <summary>Graphs made of parts.</summary>
public class GraphAssemblyTests
{
    [Test]
    public void Add_TwoPartsOfOneName_KeepTheirTensorsApart()
    {
        var assembly = new GraphAssembly("both");
        var input = assembly.Input("x", TensorProto.Types.DataType.Float, "batch", 2);
        var first = assembly.Add(SmallModels.WithFeatures(), "one/", new Dictionary<string, string> { ["x"] = input });
        var second = assembly.Add(SmallModels.WithFeatures(), "two/", new Dictionary<string, string> { ["x"] = first["scores"] });
        assembly.Builder.Node("Identity", "y", [second["scores"]]);
        assembly.Output("y", TensorProto.Types.DataType.Float, "batch", 2);
        var unread = assembly.Input("unread", TensorProto.Types.DataType.Float, "batch", 2);
        var model = assembly.Finish();
        Assert.Multiple(() =>
        {
            Assert.That(unread, Is.EqualTo("unread"));
            Assert.That(model.Inputs.Select(known => known.Name), Is.EqualTo(new[] { "x" }), "what nothing reads is left out");
            Assert.That(first["scores"], Is.Not.EqualTo(second["scores"]));
            Assert.That(model.Proto.OpsetImport.Single(set => set.Domain.Length == 0).Version, Is.EqualTo(18));
            Assert.That(model.Proto.Graph.Node.Select(node => node.Name).Distinct().Count(), Is.EqualTo(model.Proto.Graph.Node.Count));
        });
    }
}
