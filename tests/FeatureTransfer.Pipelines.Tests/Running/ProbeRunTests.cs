using System.Globalization;
using System.Text.Json;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Features of which one is the camera, and the labels of one camera lie elsewhere.</summary>
public class ProbeRunTests
{
    private string _folder = "";

    [OneTimeSetUp]
    public void MakeTable()
    {
        _folder = Directory.CreateTempSubdirectory("ft-probe-").FullName;
        var random = new Random(3);
        File.WriteAllLines(
            Path.Combine(_folder, "rows.csv"),
            Enumerable.Range(0, 160).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2) + random.NextDouble()},{random.NextDouble()},{(i % 3 == 0 ? 3 : 0) + random.NextDouble()},{"ab"[i % 2]},{(i % 3 == 0 ? "old" : "new")}")).Prepend("x,y,z,label,camera"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_Probe_SaysWhatIsToldBeforeAndBehindEachMitigation()
    {
        var result = await new PipelineRunner().RunAsync(Read("""{ "type": "LbfgsMaximumEntropy", "numberOfThreads": 1 }"""));
        var probe = result.Probes.Single();
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        Assert.Multiple(() =>
        {
            Assert.That((probe.Column, probe.Values, probe.Rows), Is.EqualTo(("camera", 2, result.TrainRows)));
            Assert.That(probe.Chance, Is.EqualTo(2 / 3.0).Within(0.04));
            Assert.That(probe.Candidates.Select(chain => chain.Name), Is.EqualTo(new[] { "as they are", "EraseConcept", "ClassWeights" }));
            Assert.That(probe.Candidates[0].Told, Is.EqualTo(1), "one feature is the camera");
            Assert.That(probe.Candidates[1].Told, Is.EqualTo(probe.Chance).Within(0.08), "and a linear probe cannot find it any more");
            Assert.That(probe.Candidates[2].Told, Is.EqualTo(1), "weights leave the features as they are");
            Assert.That(probe.Candidates[0].Accuracy, Is.EqualTo(result.Test!.Metrics["microAccuracy"]), "the chain of the pipeline has neither");
            Assert.That(probe.Candidates[1].Accuracy, Is.GreaterThan(0.9), "the label does not go along with the camera");
            Assert.That(probe.Candidates.Select(chain => chain.Slices!.Groups.Count), Is.All.EqualTo(2));
            Assert.That(metrics.RootElement.GetProperty("probes")[0].GetProperty("candidates")[0].GetProperty("told").GetDouble(), Is.EqualTo(1));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("<h2>What the features tell of camera</h2>").And.Contain("EraseConcept"));
        });
    }

    /// <summary>A chain that mitigates is compared with itself less that.</summary>
    [Test]
    public async Task Run_ChainWithMitigation_IsComparedWithTheChainWithoutIt()
    {
        var result = await new PipelineRunner().RunAsync(Read("""{ "type": "EraseConcept", "conceptColumn": "camera" }, { "type": "NearestCentroid" }""", ", \"report\": null"));
        Assert.That(result.Probes.Single().Candidates.Select(chain => (chain.Name, chain.Told > 0.9)), Is.EqualTo(new[] { ("as they are", true), ("EraseConcept", false) }), "a trainer without weights has no third chain");
        Assert.That(result.Probes[0].Candidates[1].Accuracy, Is.EqualTo(result.Test!.Metrics["microAccuracy"]));
    }

    private PipelineDefinition Read(string steps, string outputs = "") => PipelineReader.Parse($$"""
        {
          "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y", "z"], "texts": ["camera"] },
          "split": { "testFraction": 0.5, "folds": 0 },
          "estimators": [
            { "type": "Concatenate", "output": "Features", "inputs": ["x", "y", "z"] },
            { "type": "MapValueToKey", "output": "Label" },
            {{steps}}
          ],
          "evaluation": { "probe": ["camera"] },
          "outputs": { "folder": "out", "bundle": null{{outputs}} }
        }
        """, "p.json", _folder);
}
