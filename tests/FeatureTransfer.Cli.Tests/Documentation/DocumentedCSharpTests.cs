using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>Every piece of C# that a page shows compiles, within a method whose class has what the page speaks of as given.</summary>
public class DocumentedCSharpTests
{
    private const string Given = """
        #pragma warning disable CS0169, CS0649
        using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading.Tasks;
        using FeatureTransfer; using FeatureTransfer.Adaptation; using FeatureTransfer.Diagnostics; using FeatureTransfer.Pipelines; using FeatureTransfer.Pipelines.Data; using FeatureTransfer.Pipelines.Steps; using FeatureTransfer.Backbones; using FeatureTransfer.Cascades; using FeatureTransfer.Extraction; using FeatureTransfer.FineTuning; using FeatureTransfer.Heads;
        using FeatureTransfer.Inputs; using FeatureTransfer.Inputs.Images; using FeatureTransfer.Inputs.Augmentation; using FeatureTransfer.Models; using FeatureTransfer.Neighbours; using FeatureTransfer.Onnx; using FeatureTransfer.Serving; using FeatureTransfer.Server; using FeatureTransfer.Variants; using FeatureTransfer.Vision;
        using Microsoft.AspNetCore.Builder; using Microsoft.Extensions.DependencyInjection; using Microsoft.ML;
        class Photo { public string ImagePath { get; set; } public string Label { get; set; } }
        class Prediction { public string Answer { get; set; } }
        class Product { public byte[] Photo; public string Sku; }
        class Index { public Task AddAsync(string key, float[] vector) => Task.CompletedTask; }
        class Shopper { public string[] Bought; }
        class Snippet
        {
            MLContext ml; IDataView rows, test; DataOperationsCatalog.TrainTestData photos; ITransformer model, opened;
            IEstimator<ITransformer> first, second, third; string folder; string[] characters; IEnumerable<Product> products; Index index; IEnumerable<Shopper> shoppers; FeatureExtractor extractor; float[] features; WebApplicationBuilder builder; WebApplication app;
            float[][] reference, fresh, vectors, probabilities; string[] speakers; double[] weights; bool[] right; int[] classes; PipelineDefinition definition;
            float[][] validationScores, testScores, validationLogits, trainingFeatures, validationFeatures; int[] validationLabels, testLabels, trainingLabels; float[] logitsOfARow, featuresOfARow;
            async Task Run()
            {
                await Task.Yield();

        """;

    private static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    // A whole program is a sample, which is built and run.
    private static IEnumerable<TestCaseData> Blocks() => DocumentedCode.In("csharp")
        .Where(code => !code.Text.StartsWith("using FeatureTransfer;", StringComparison.Ordinal))
        .Select(code => new TestCaseData(code).SetArgDisplayNames(code.ToString()));

    [TestCaseSource(nameof(Blocks))]
    public void CSharp_OfAPage_Compiles(object block)
    {
        var tree = CSharpSyntaxTree.ParseText($"{Given}{((DocumentedCode)block).Text}}} }}");
        var compilation = CSharpCompilation.Create("snippet", [tree], _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.That(compilation.GetDiagnostics().Where(fault => fault.Severity == DiagnosticSeverity.Error).Select(fault => fault.GetMessage(System.Globalization.CultureInfo.InvariantCulture)), Is.Empty);
    }
}
