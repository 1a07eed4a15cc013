"""The values for Kubernetes without a cluster: what the chart's schema allows, and the job that a run becomes, by the launcher.

Not tried on a cluster. Neither helm nor the chart is here; what the chart makes of the values is done below as its templates do.
"""

import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from dagster._config import process_config
from dagster._core.code_pointer import ModuleCodePointer
from dagster._core.launcher import LaunchRunContext
from dagster._core.origin import JobPythonOrigin, RepositoryPythonOrigin
from kit import ROOT

from pipelines.home import TEMPLATE

pytest.importorskip("dagster_k8s", reason="the extra k8s is not installed")
import dagster_k8s.launcher
import kubernetes.client as kubernetes
from dagster_k8s.models import k8s_model_from_dict, k8s_snake_case_dict

Values = dict[str, Any]


@pytest.fixture(scope="module")
def values() -> Values:
    return dict(yaml.safe_load((ROOT / "deploy" / "kubernetes-values.yaml").read_text(encoding="utf-8")))


@pytest.mark.long
def test_the_schema_of_the_chart_allows_the_values_and_not_just_any(values: Values) -> None:
    import jsonschema  # two seconds, also where its test is not run

    parts = yaml.safe_load(Path(__file__).with_name("chart_parts.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(values, parts)
    for wrong in (
        {"runLauncher": {"type": "PodRunLauncher"}},
        {"runLauncher": {"config": {"k8sRunLauncher": {"volume": []}}}},
        {"dagsterDaemon": {"replicaCount": 2}},
        {"dagsterWebserver": {"replicaCount": "none"}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, parts)


def holds_together(containers: list[Values], volumes: list[Values]) -> None:
    """Objects that Kubernetes knows, each mount once in a container and with its volume."""
    for container in containers:
        k8s_model_from_dict(kubernetes.V1Container, k8s_snake_case_dict(kubernetes.V1Container, container))
        places = [mount["mountPath"] for mount in container["volumeMounts"]]
        assert len(places) == len(set(places)), places
        assert {mount["name"] for mount in container["volumeMounts"]} <= {volume["name"] for volume in volumes}
        assert container["securityContext"]["readOnlyRootFilesystem"]
    for container in volumes:
        k8s_model_from_dict(kubernetes.V1Volume, k8s_snake_case_dict(kubernetes.V1Volume, container))


def test_what_is_served_shares_the_folders_of_the_image(values: Values) -> None:
    [code] = values["dagster-user-deployments"]["deployments"]
    [front] = code["sidecarContainers"]
    shared = ("volumeMounts", "securityContext", "resources", "env")
    server = {"name": "code", **{name: code[name] for name in shared}}
    holds_together([server, front], code["volumes"])
    daemon = values["dagsterDaemon"]
    holds_together([{"name": "daemon", **{name: daemon[name] for name in shared[:3]}}], daemon["volumes"])
    volumes = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["x-darkfigure"]["volumes"]
    wanted = {volume.partition(":")[2] for volume in volumes}
    assert wanted <= {one["mountPath"] for one in daemon["volumeMounts"]}
    workspace = yaml.safe_load((TEMPLATE.parent / "workspace.yaml").read_text(encoding="utf-8"))
    named = workspace["load_from"][0]["python_file"]["location_name"]
    assert code["name"] == named, "the daemon finds by it what the front has queued"
    image = f"{code['image']['repository']}:{code['image']['tag']}"
    assert front["image"] == image == {one["name"]: one.get("value") for one in front["env"]}["DAGSTER_CURRENT_IMAGE"]
    assert code["image"] == daemon["image"]
    # The chart gives arguments only: with an entry point the image would start another program than was named.
    assert "\nENTRYPOINT" not in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert all(Path(sys.executable).with_name(program).exists() for program in (front["args"][0], "dagster"))


class Cluster:
    """What the launcher asks of a cluster, kept."""

    def __init__(self) -> None:
        self.asked: list[kubernetes.V1Job] = []

    def create_namespaced_job(self, body: kubernetes.V1Job, namespace: str, **_: object) -> None:
        assert namespace == "figures"
        self.asked.append(body)


def test_a_run_becomes_one_pod(values: Values, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dagster_k8s.launcher, "load_kubernetes_config", lambda **_: None)
    said = values["runLauncher"]["config"]["k8sRunLauncher"]
    config = k8s_snake_case(said) | {
        "dagster_home": values["global"]["dagsterHome"],
        "postgres_password_secret": values["global"]["postgresqlSecretName"],
        "job_namespace": "figures",
        "service_account_name": "darkfigure-dagster",
        "instance_config_map": "darkfigure-dagster-instance",
    }
    checked = process_config(dagster_k8s.K8sRunLauncher.config_type(), config)
    assert checked.success, checked.errors
    cluster, [code] = Cluster(), values["dagster-user-deployments"]["deployments"]
    launcher = dagster_k8s.K8sRunLauncher(**checked.value, k8s_client_batch_api=cluster)
    arguments = code["dagsterApiGrpcArgs"]
    module = ModuleCodePointer(arguments[arguments.index("--module-name") + 1], "defs", None)
    image = f"{code['image']['repository']}:{code['image']['tag']}"
    origin = JobPythonOrigin("refresh", RepositoryPythonOrigin("python", module, image, ["dagster"], {}))
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        launcher.register_instance(instance)
        run = dg.DagsterRun(job_name="refresh", job_code_origin=origin)
        launcher.launch_run(LaunchRunContext(instance.add_run(run), None))
    [job] = kubernetes.ApiClient().sanitize_for_serialization(cluster.asked)
    spec = job["spec"]["template"]["spec"]
    [container] = spec["containers"]
    assert container["image"] == image and container["args"][:3] == ["dagster", "api", "execute_run"]
    assert (job["spec"]["backoffLimit"], spec["restartPolicy"]) == (0, "Never")
    assert job["spec"]["activeDeadlineSeconds"] == longest_run()
    assert spec["securityContext"]["runAsUser"] == 10001
    holds_together([container], spec["volumes"])
    named = {one["name"]: one.get("value") for one in container["env"]}
    assert named["DAGSTER_HOME"] == values["global"]["dagsterHome"] and "DAGSTER_PG_PASSWORD" in named


def longest_run() -> int:
    return int(yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["run_monitoring"]["max_runtime_seconds"])


def k8s_snake_case(said: Values) -> Values:
    """The launcher's settings as the chart writes them for Dagster; what is below is Kubernetes' own and stays as it is."""

    def snake(name: str) -> str:
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)

    found = {snake(name): value for name, value in said.items()}
    return found | {"run_k8s_config": {snake(name): value for name, value in said["runK8sConfig"].items()}}
