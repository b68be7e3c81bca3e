using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Fits every trainer of the table in every task that it has, as JSON declares it.</summary>
public class TrainerFitTests
{
    private const int Rows = 90;

    /// <summary>Options for few rows; all others are ML.NET's defaults.</summary>
    private static readonly Dictionary<string, string> _options = new(StringComparer.Ordinal)
    {
        ["LbfgsLogisticRegression"] = """ "l1Regularization": 0, "l2Regularization": 0.01 """,
        ["LbfgsPoissonRegression"] = """ "l1Regularization": 0, "l2Regularization": 0.01 """,
        ["LinearSvm"] = """ "numberOfIterations": 20 """,
        ["SgdCalibrated"] = """ "learningRate": 0.1 """,
        ["SgdNonCalibrated"] = """ "learningRate": 0.1 """,
        ["OnlineGradientDescent"] = """ "numberOfIterations": 20 """,
        ["TrAdaBoost"] = """ "domainColumn": "Place", "source": "here" """,
        ["FastTree"] = """ "minimumExampleCountPerLeaf": 2, "numberOfTrees": 20 """,
        ["FastTreeTweedie"] = """ "minimumExampleCountPerLeaf": 2, "numberOfTrees": 20 """,
        ["FastForest"] = """ "minimumExampleCountPerLeaf": 2, "numberOfTrees": 20 """,
        ["Gam"] = """ "minimumExampleCountPerLeaf": 2, "numberOfIterations": 2000 """,
        ["LightGbm"] = """ "minimumExampleCountPerLeaf": 2, "numberOfIterations": 20, "deterministic": true, "forceColumnWise": true """,
    };

    private static IEnumerable<object[]> Trainers => TrainerKinds.All.Select(kind => kind.Info).SelectMany(step => step.Tasks.Select(task => new object[] { step.Name, task }));

    private static IEnumerable<string> BinaryTrainers => StepTable.All.Where(step => step.Tasks.Contains(PipelineTask.Binary) && step.Name is not ("Prior" or "FineTune")).Select(step => step.Name);

    [TestCaseSource(nameof(Trainers))]
    public void Fit_EveryTrainerInEveryTask_Learns(string name, PipelineTask task)
    {
        var rows = Data();
        var quality = Quality(Fit(Step(name, task), task, rows).Transform(rows), task);
        Assert.That(quality, name == "Prior" ? Is.EqualTo(0.5).Within(1e-6) : Is.GreaterThan(0.7), "share of right classes, area under the curve, or R squared");
    }

    [TestCaseSource(nameof(BinaryTrainers))]
    public void Fit_EveryBinaryTrainerInsideOthers_LearnsTheOtherLabelColumn(string name)
    {
        var binary = (IBinaryTrainerStep)Step(name, PipelineTask.Binary) switch { TrainerStep step => (IBinaryTrainerStep)(step with { LabelColumn = "Label" }), var other => other };
        MetaTrainerStep[] trainers = [new OneVersusAllStep { BinaryEstimator = binary, LabelColumn = "Key" }, new PairwiseCouplingStep { BinaryEstimator = binary, LabelColumn = "Key" }];
        var rows = Data();
        foreach (var trainer in trainers)
            Assert.That(Quality(Fit(trainer, PipelineTask.Multiclass, rows).Transform(rows), PipelineTask.Multiclass), Is.GreaterThan(0.6), "chance is 0.33");
    }

    [TestCaseSource(nameof(Trainers))]
    public void Fit_Twice_GivesTheSameScores(string name, PipelineTask task)
    {
        var rows = Data();
        var step = OneThread(name, task);
        var (first, second) = (Fit(step, task, rows), Fit(step, task, rows));
        Assert.That(Scores(second.Transform(rows)), Is.EqualTo(Scores(first.Transform(rows))));
    }

    [TestCaseSource(nameof(Trainers))]
    public void Save_EveryTrainer_LoadsAndGivesTheSameScores(string name, PipelineTask task)
    {
        var (ml, rows) = (new MLContext(1), Data());
        var model = Fit(Step(name, task), task, rows);
        using var file = new MemoryStream();
        ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        Assert.That(Scores(ml.Model.Load(file, out _).Transform(rows)), Is.EqualTo(Scores(model.Transform(rows))));
    }

    [Test]
    public void Fit_WithAnotherSeed_GrowsAnotherForest()
    {
        var rows = Data();
        var step = OneThread("FastForest", PipelineTask.Regression);
        var (one, two) = (Scores(Fit(step, PipelineTask.Regression, rows, seed: 1).Transform(rows)), Scores(Fit(step, PipelineTask.Regression, rows, seed: 2).Transform(rows)));
        Assert.That(one, Is.Not.EqualTo(two));
    }

    [TestCase("GradientBooster")]
    [TestCase("DartBooster")]
    [TestCase("GossBooster")]
    public void Fit_LightGbmWithABooster_UsesItsOptions(string booster)
    {
        var rows = Data();
        IReadOnlyList<float> WithPenalty(double penalty)
        {
            var json = Json("LightGbm", PipelineTask.Regression);
            json["booster"] = new JsonObject { ["type"] = booster, ["l2Regularization"] = penalty };
            return Scores(Fit(Read(json), PipelineTask.Regression, rows).Transform(rows));
        }

        Assert.That(WithPenalty(0), Is.Not.EqualTo(WithPenalty(100)));
    }

    [Test]
    public void Fit_AveragedPerceptron_DoesWhatMlNetsMethodDoes()
    {
        var (ml, rows) = (new MLContext(1), Data());

        // The same parts in the same order: a context gives each its own random numbers by the order in which they are made.
        var model = ml.Transforms.Conversion.MapValueToKey("Key", "Class").AppendCacheCheckpoint(ml)
            .Append(ml.BinaryClassification.Trainers.AveragedPerceptron("Flag", "Vector"))
            .Fit(rows);
        var step = new AveragedPerceptronStep { LabelColumn = "Flag", FeatureColumn = "Vector" };
        Assert.That(Scores(Fit(step, PipelineTask.Binary, rows).Transform(rows)), Is.EqualTo(Scores(model.Transform(rows))), "ML.NET's option class has another loss");
    }

    [TestCase("AveragedPerceptron", PipelineTask.Binary, "HingeLoss")]
    [TestCase("SgdNonCalibrated", PipelineTask.Binary, "HingeLoss")]
    [TestCase("SdcaNonCalibrated", PipelineTask.Binary, "SmoothedHingeLoss")]
    [TestCase("SdcaNonCalibrated", PipelineTask.Multiclass, "HingeLoss")]
    [TestCase("OnlineGradientDescent", PipelineTask.Regression, "TweedieLoss")]
    public void Fit_WithAnotherLoss_LearnsAnotherModel(string name, PipelineTask task, string loss)
    {
        var rows = Data();
        var json = Json(name, task);
        json["lossFunction"] = new JsonObject { ["type"] = loss };
        Assert.That(Scores(Fit(Read(json), task, rows).Transform(rows)), Is.Not.EqualTo(Scores(Fit(Step(name, task), task, rows).Transform(rows))));
    }

    private static PipelineStep Step(string name, PipelineTask task) => Read(Json(name, task));

    private static PipelineStep OneThread(string name, PipelineTask task)
    {
        var json = Json(name, task);
        if (StepTable.All.First(step => step.Name == name).Options.Any(option => option.Name == "numberOfThreads"))
            json["numberOfThreads"] = 1;
        return Read(json);
    }

    private static JsonObject Json(string name, PipelineTask task)
    {
        var json = JsonNode.Parse($"{{ {_options.GetValueOrDefault(name)} }}")!.AsObject();
        json["type"] = name;
        json["labelColumn"] = LabelOf(task);
        if (StepTable.All.First(step => step.Name == name).Options.Any(option => option.Name == "featureColumn"))
            json["featureColumn"] = "Vector";
        if (name is "OneVersusAll" or "PairwiseCoupling")
            json["binaryEstimator"] = Json("AveragedPerceptron", PipelineTask.Binary);
        return json;
    }

    private static PipelineStep Read(JsonObject step) => StepSamples.Read(step);

    private static string LabelOf(PipelineTask task) => task switch { PipelineTask.Binary => "Flag", PipelineTask.Regression => "Amount", _ => "Key" };

    private static TransformerChain<ITransformer> Fit(PipelineStep step, PipelineTask task, IDataView rows, int seed = 1) =>
        ChainModel.Fit([new MapValueToKeyStep { Output = "Key", Input = "Class" }, step], rows, new StepBuild(new MLContext(seed), FeatureTransferServices.Default, null) { Task = task, Seed = seed });

    private static double Quality(IDataView scored, PipelineTask task)
    {
        var ml = new MLContext(1);
        return task switch
        {
            PipelineTask.Binary => ml.BinaryClassification.EvaluateNonCalibrated(scored, "Flag").AreaUnderRocCurve,
            PipelineTask.Regression => ml.Regression.Evaluate(scored, "Amount").RSquared,
            _ => ml.MulticlassClassification.Evaluate(scored, "Key").MacroAccuracy,
        };
    }

    private static IReadOnlyList<float> Scores(IDataView scored) => scored.Schema["Score"].Type is VectorDataViewType
        ? [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)]
        : [.. scored.GetColumn<float>("Score")];

    private static IDataView Data()
    {
        var random = new Random(3);
        return new MLContext(1).Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row =>
        {
            float[] vector = [.. Enumerable.Range(0, 4).Select(slot => (slot == row % 3 ? 1f : -1f) + random.NextSingle())];
            return new Row { Class = $"class {row % 3}", Place = row % 4 == 0 ? "there" : "here", Flag = row % 3 == 0, Amount = 3 + (2 * vector[0]) + (0.1f * random.NextSingle()), Vector = vector };
        }).ToList());
    }

    private sealed class Row
    {
        public required string Class { get; init; }

        public required string Place { get; init; }

        public required bool Flag { get; init; }

        public required float Amount { get; init; }

        [VectorType(4)]
        public required float[] Vector { get; init; }
    }
}
