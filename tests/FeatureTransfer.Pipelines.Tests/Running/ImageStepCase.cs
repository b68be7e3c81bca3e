using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Pipelines.Tests.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>A step on images or texts with one option, or with options that belong together.</summary>
/// <param name="Step">The step.</param>
/// <param name="Option">The option, with a member of it behind a point; empty is none.</param>
/// <param name="Values">What the step has instead of a sample: JSON members.</param>
internal sealed record ImageStepCase(string Step, string Option, string Values = "")
{
    private const string Tuned = "\"headEpochs\": 1, \"epochs\": 1, \"batchSize\": 8, \"intraOpThreads\": 1";

    /// <summary>What each step has in every case.</summary>
    private static readonly Dictionary<string, string> _base = new(StringComparer.Ordinal)
    {
        ["ExtractFeatures"] = "\"backbone\": \"small.onnx\"",
        ["LoadImages"] = "\"output\": \"Image\", \"input\": \"ImagePath\"",
        ["LoadRawImageBytes"] = "\"output\": \"Bytes\", \"input\": \"ImagePath\"",
        ["ResizeImages"] = "\"output\": \"Image\", \"imageWidth\": 8, \"imageHeight\": 8",
        ["ConvertToGrayscale"] = "\"output\": \"Image\"",
        ["ExtractPixels"] = "\"output\": \"x\", \"input\": \"Image\"",
        ["ApplyOnnxModel"] = "\"modelFile\": \"shift.onnx\"",
        ["FineTune"] = $"\"backbone\": \"small.onnx\", \"trainableFrom\": \"conv2\", {Tuned}",
        ["ImageClassification"] = "\"backbone\": \"small.onnx\", \"epoch\": 2",
    };

    /// <summary>By step and option or by option: values that a sample cannot know, and what only makes sense together.</summary>
    private static readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["ExtractFeatures.output"] = "\"output\": \"Found\"",
        ["LoadImages.output"] = "\"output\": \"Image\"",
        ["LoadRawImageBytes.output"] = "\"output\": \"Bytes\"",
        ["ResizeImages.output"] = "\"output\": \"Image\"",
        ["ConvertToGrayscale.output"] = "\"output\": \"Image\"",
        ["ExtractPixels.output"] = "\"output\": \"x\"",
        ["ExtractPixels.input"] = "\"input\": \"Image\"",
        ["ConvertToGrayscale.input"] = "\"input\": \"Image\"",
        ["ResizeImages.input"] = "\"input\": \"Image\"",
        ["input"] = "\"input\": \"ImagePath\"",
        ["imageFolder"] = "\"imageFolder\": \".\"",
        ["labelColumn"] = "\"labelColumn\": \"Label\"",
        ["groupColumn"] = "\"groupColumn\": \"kind\"",
        ["layers"] = "\"layers\": [\"relu1\", \"flat\"]",
        ["pair"] = "\"pair\": \"other\"",
        ["pooling"] = "\"layers\": [\"relu2\"], \"pooling\": \"max\"",
        ["device"] = "\"device\": \"cpu\"",
        ["preprocessing.height"] = "\"preprocessing\": { \"height\": 12 }",
        ["preprocessing.width"] = "\"preprocessing\": { \"width\": 12 }",
        ["preprocessing.mean"] = "\"preprocessing\": { \"mean\": [0.5, 0.5, 0.5] }",
        ["preprocessing.std"] = "\"preprocessing\": { \"std\": [0.2, 0.2, 0.2] }",
        ["text.maxTokens"] = "\"text\": { \"maxTokens\": 8 }",
        ["text.longText"] = "\"text\": { \"longText\": \"windows\", \"overlap\": 2 }",
        ["text.overlap"] = "\"text\": { \"longText\": \"windows\", \"maxTokens\": 8, \"overlap\": 3 }",
        ["alignment.method"] = "\"alignment\": { \"method\": \"coral\", \"domainColumn\": \"style\", \"target\": \"photo\" }",
        ["ApplyOnnxModel.inputs"] = "\"inputs\": [\"x\"]",
        ["ApplyOnnxModel.outputs"] = "\"outputs\": [\"y\"]",
        ["shapeDictionary"] = "\"shapeDictionary\": [{ \"name\": \"x\", \"shape\": [1, 192] }]",
        ["gpuDeviceId"] = "\"gpuDeviceId\": 0, \"fallbackToCpu\": true",
        ["trainableFrom"] = "\"trainableFrom\": \"conv1\"",
        ["trainablePatterns"] = "\"trainableFrom\": null, \"trainablePatterns\": [\"conv2*\"]",
        ["unfreeze"] = "\"epochs\": 2, \"unfreeze\": [{ \"epoch\": 1, \"from\": \"conv1\" }]",
        ["continueFrom"] = "\"continueFrom\": \"before/model.ftm\"",
        ["learningRateFinder.minimum"] = "\"learningRateFinder\": { \"minimum\": 0.00001 }",
        ["learningRateFinder.enabled"] = "\"learningRateFinder\": { \"enabled\": true, \"steps\": 10 }",
        ["learningRateGroups"] = "\"learningRateGroups\": [{ \"pattern\": \"head/*\", \"factor\": 2 }]",
        ["head.hidden"] = "\"head\": { \"hidden\": [4] }",
        ["epochs"] = "\"epochs\": 0",
        ["augmentationViews"] = "\"augmentationViews\": 2, \"augmentation\": [{ \"type\": \"horizontalFlip\" }]",
        ["tuningEpoch"] = "\"tuningEpoch\": 2, \"trainableFrom\": \"conv2\"",
        ["tuningLearningRate"] = "\"tuningLearningRate\": 0.001, \"trainableFrom\": \"conv2\"",
        ["ImageClassification.trainableFrom"] = "\"trainableFrom\": \"conv2\", \"tuningEpoch\": 1",
        ["ImageClassification.learningRate"] = "\"learningRate\": 0.02, \"learningRateScheduler\": null",
        ["workspacePath"] = "\"workspacePath\": \"work\"",
        ["earlyStopping.metric"] = "\"earlyStopping\": { \"metric\": \"macroF1\", \"patience\": 1 }",
    };

    /// <summary>Options that the pages speak of together.</summary>
    private static readonly ImageStepCase[] _together =
    [
        new("FineTune", "trainableFrom+unfreeze+layerDecay+patience", "\"epochs\": 2, \"unfreeze\": [{ \"epoch\": 1, \"from\": \"conv1\" }], \"layerDecay\": 0.9, \"earlyStopping\": { \"patience\": 1 }"),
        new("FineTune", "sgd+nesterov", "\"optimizer\": { \"kind\": \"sgd\", \"momentum\": 0.8, \"nesterov\": true }"),
        new("FineTune", "step+stepEpochs", "\"schedule\": { \"kind\": \"step\", \"stepEpochs\": 1, \"stepFactor\": 0.5 }"),
        new("FineTune", "oneCycle+risingShare", "\"schedule\": { \"kind\": \"oneCycle\", \"initialFactor\": 0.1, \"risingShare\": 0.5 }"),
        new("FineTune", "mixup+cutmix+activations", "\"mix\": { \"mixupAlpha\": 0.2, \"cutmixAlpha\": 1, \"probability\": 0.5, \"place\": \"activations\" }"),
        new("FineTune", "focal+balanced", "\"loss\": { \"focalGamma\": 2, \"classWeights\": \"balanced\" }"),
        new("FineTune", "adversarial+hidden", "\"alignment\": { \"method\": \"adversarial\", \"domainColumn\": \"style\", \"target\": \"photo\", \"hidden\": 4, \"weight\": 0.1 }"),
        new("FineTune", "meanDiscrepancy+augmentation", "\"alignment\": { \"method\": \"meanDiscrepancy\", \"domainColumn\": \"style\", \"target\": \"photo\" }, \"augmentationViews\": 2, \"augmentation\": [{ \"type\": \"horizontalFlip\" }]"),
        new("FineTune", "batchStatistics+trainableFrom", "\"batchStatistics\": true, \"trainableFrom\": \"conv1\""),
        new("FineTune", "validationFraction+restoreBest", "\"validationFraction\": 0, \"alwaysKeepTuned\": true"),
        new("FineTune", "activationMemory+augmentation", "\"activationMemory\": 0, \"augmentation\": [{ \"type\": \"randomResizedCrop\", \"minScale\": 0.6 }, { \"type\": \"horizontalFlip\" }, { \"type\": \"randomErasing\" }]"),
        new("ImageClassification", "linearScaling", "\"learningRateScheduler\": { \"kind\": \"linearScaling\", \"learningRate\": 0.1 }"),
        new("ImageClassification", "polynomial+cycle", "\"learningRateScheduler\": { \"kind\": \"polynomial\", \"power\": 2, \"endLearningRate\": 0.001, \"cycle\": true }"),
        new("ImageClassification", "noValidation+noStopping", "\"validationSetFraction\": null, \"earlyStoppingCriteria\": null"),
        new("ImageClassification", "workspacePath+finalModelPrefix", "\"workspacePath\": \"work\", \"finalModelPrefix\": \"tuned_\""),
        new("ApplyOnnxModel", "inputs+outputs", "\"inputs\": [\"x\"], \"outputs\": [\"y\"]"),
        new("ExtractFeatures", "crop+cropFraction", "\"preprocessing\": { \"resize\": \"crop\", \"cropFraction\": 0.8, \"interpolation\": \"bicubic\" }"),
    ];

    /// <summary>Every step, alone and with each option and each member of an option, and the options that belong together.</summary>
    public static IEnumerable<ImageStepCase> All => _base.Keys.SelectMany(Of).Concat(_together);

    /// <summary>Every step alone.</summary>
    public static IEnumerable<ImageStepCase> Alone => _base.Keys.Select(step => new ImageStepCase(step, ""));

    /// <summary>Whether the step is to read texts.</summary>
    public bool ReadsText => Option == "pair" || Option.StartsWith("text", StringComparison.Ordinal);

    /// <summary>The step in JSON.</summary>
    public JsonObject Json(string textCard)
    {
        var step = JsonNode.Parse($"{{ \"type\": \"{Step}\", {_base[Step]} }}")!.AsObject();
        if (ReadsText)
            Lay(step, $"\"backbone\": {JsonValue.Create(textCard).ToJsonString()}, \"input\": \"words\"" + (Step == "FineTune" ? ", \"trainableFrom\": null, \"trainablePatterns\": [\"table\"]" : ""));
        var values = Values.Length > 0 ? Values : _values.GetValueOrDefault($"{Step}.{Option}") ?? _values.GetValueOrDefault(Option);
        if (values is not null)
            Lay(step, values);
        else if (Option.Length > 0)
            LaySample(step);
        return step;
    }

    public override string ToString() => Option.Length == 0 ? Step : $"{Step} {Option}";

    // AudioTuningTests changes recordings.
    private static IEnumerable<ImageStepCase> Of(string step)
    {
        var alone = StepTable.All.Single(known => known.Name == step).Options.Select(option => option.Name).Where(name => name is not ("backbone" or "modelFile" or "audioAugmentation"));
        return alone.SelectMany(option => StepSamples.Members(step, option) is { Count: > 0 } members ? members.Select(member => $"{option}.{member}") : [option])
            .Prepend("")
            .Select(option => new ImageStepCase(step, option));
    }

    private static void Lay(JsonObject step, string members)
    {
        foreach (var (key, value) in JsonNode.Parse($"{{ {members} }}")!.AsObject())
            step[key] = value?.DeepClone();
    }

    private void LaySample(JsonObject step)
    {
        var parts = Option.Split('.');
        step[parts[0]] = parts.Length == 1 ? StepSamples.Option(Step, parts[0]) : StepSamples.Member(Step, parts[0], parts[1]);
    }
}
