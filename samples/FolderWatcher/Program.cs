using FeatureTransfer.Pipelines;
using FolderWatcher;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// FolderWatcher --model model.ftm --inbox incoming --sorted sorted: photographs that come into one folder go into a folder for each answer.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(_ => Bundle.Load(Setting("model")));
builder.Services.AddSingleton(new Folders(Setting("inbox"), Setting("sorted")));
builder.Services.AddHostedService<Sorter>();
await builder.Build().RunAsync();

string Setting(string name) => builder.Configuration[name] ?? throw new InvalidOperationException($"--{name} is missing: FolderWatcher --model MODEL.ftm --inbox FOLDER --sorted FOLDER");
