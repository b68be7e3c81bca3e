using FeatureTransfer.Embeddings;
using FeatureTransfer.Extraction;
using FeatureTransfer.Neighbours;
using Microsoft.Extensions.AI;

// A text file with a sentence a line, a question, and if you like another backbone: the sentences that mean most nearly the same.
var backbone = args is [_, _, var other] ? other : "minilm_l6.sbert";
using IEmbeddingGenerator<string, Embedding<float>> generator = new TextEmbeddingGenerator(new ExtractFeaturesOptions { Backbone = backbone, UnitLength = true });
var sentences = File.ReadLines(args[0]).Where(line => line.Length > 0).Distinct();

// Any store takes the vectors; the index is exact, and needs nothing else.
var builder = new NeighbourIndexBuilder(SimilarityMetric.Cosine);
foreach (var (sentence, embedding) in await generator.GenerateAndZipAsync(sentences))
    builder.Add(sentence, embedding.Vector.Span);
var question = await generator.GenerateVectorAsync(args[1]);
foreach (var neighbour in builder.Build().Search(question.Span, k: 3))
    Console.WriteLine($"{neighbour.Distance:0.000} {neighbour.Name}");
