region = "eu-central-1"
queues = {
  orders  = { path = "orders", fields = ["id", "total"] }
  refunds = { path = "refunds", fields = [], delay = 3 }
}
